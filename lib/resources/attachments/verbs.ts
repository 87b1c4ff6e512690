import { notFound } from '@/lib/base/errors'
import { Download } from '@/lib/contracts/bytes'
import { get, implement, own, paged, remove, serve, sql } from '@/lib/kernel/rows/kit'
import { attach, attachments } from '@/lib/resources/attachments/attach'
import { attachmentsContract } from '@/lib/resources/attachments/contract'
import { readPieces } from '@/lib/resources/attachments/pieces'

const { operations } = attachmentsContract

type Kept = { name: string; type: string; size: number; sha256: string }

export const attachmentsApi = serve(attachmentsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, attachments, query)),
  implement(operations.create, attach),
  implement(operations.get, (ctx, { params }) => get(ctx, attachments, params)),
  implement(operations.download, async (ctx, { params: { id } }) => {
    const [kept] = await own<Kept>(
      ctx,
      (mine) => sql`
        SELECT t.name, t.content_type AS type, t.size, t.sha256 FROM attachments t
        WHERE ${mine('t')} AND t.id = ${id}::uuid`,
    )
    if (!kept) throw notFound('attachment')
    const { sha256, ...file } = kept
    return new Download({ ...file, etag: `"${sha256}"` }, readPieces(ctx, id, file.size))
  }),
  implement(operations.delete, (ctx, { params }) => remove(ctx, attachments, params)),
])
