import { DomainError, notFound, validationFailed } from '@/lib/base/errors'
import { PLANS } from '@/lib/contracts/plans'
import {
  create,
  type InputOf,
  inPlainTransaction,
  own,
  type RowContext,
  type RowReply,
  sql,
  table,
  uuidv7,
} from '@/lib/kernel/rows/kit'
import { attachmentRows, type attachmentsContract } from '@/lib/resources/attachments/contract'
import { keepPieces } from '@/lib/resources/attachments/pieces'
import { sniffType } from '@/lib/resources/attachments/sniff-type'

export const attachments = table(attachmentRows, { given: ['ticket_id', 'name', 'content_type', 'size', 'sha256'] })

type Input = InputOf<typeof attachmentsContract.operations.create>

/**
 * Attaches a file to a ticket. Its bytes are on disk by now, so the connection is not held for as long as a caller sends.
 * @throws DomainError not_found, wrong_state, validation_failed, attachment_quota_reached
 */
export async function attach(
  context: Omit<RowContext, 'db'>,
  { params: { id: ticket_id }, query, body: upload }: Input,
): Promise<RowReply> {
  const { size, sha256 } = upload
  if (size === 0) throw validationFailed([{ path: '', message: 'The file is empty: send its bytes as the body.' }])
  const { type: content_type, ending } = await sniffType(upload)
  const { name = `attachment.${ending}` } = query
  return inPlainTransaction(context, async (ctx) => {
    await requireOpenTicket(ctx, ticket_id)
    const id = uuidv7()
    const reply = await create(ctx, attachments, { ticket_id, name, content_type, size, sha256 }, {}, id)
    if (reply.replayed !== null) return reply
    await requireRoom(ctx, size)
    await keepPieces(ctx, id, upload)
    return reply
  })
}

/** Nobody closes the ticket before the attachment is there. */
async function requireOpenTicket(ctx: RowContext, ticket_id: string) {
  const [ticket] = await own<{ status: string }>(
    ctx,
    (mine) => sql`SELECT t.status::text FROM tickets t WHERE ${mine('t')} AND t.id = ${ticket_id}::uuid FOR SHARE`,
  )
  if (!ticket) throw notFound('ticket')
  if (ticket.status === 'closed') {
    throw new DomainError('wrong_state', 'A closed ticket takes no attachments. Create a new one.')
  }
}

/** The database has added the new one, and holds the total until the transaction ends: two at once do not both take the last room. */
async function requireRoom(ctx: RowContext, size: number) {
  const [total] = await own<{ bytes: number }>(
    ctx,
    (mine) => sql`SELECT t.bytes::float8 AS bytes FROM attachment_totals t WHERE ${mine('t')}`,
  )
  const { plan } = ctx.organization
  const quota = PLANS[plan].attachment_bytes
  const bytes = total?.bytes ?? 0
  if (bytes <= quota) return
  const [has, of, more] = [bytes - size, quota, size].map((figure) => figure.toLocaleString('en'))
  throw new DomainError(
    'attachment_quota_reached',
    `The attachments of this environment have ${has} of the ${of} bytes that the plan ${plan} holds, and this file has ${more}. Delete some, or change the plan.`,
  )
}
