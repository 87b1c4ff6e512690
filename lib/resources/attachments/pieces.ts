import type { Upload } from '@/lib/contracts/bytes'
import { inFairShare } from '@/lib/kernel/db/fair-share'
import { own, type RowContext, sql } from '@/lib/kernel/rows/kit'

/** How many bytes a row holds, but for the last of an attachment. */
const PIECE = 262_144

/** Keeps the bytes of an attachment, of which one piece at a time is in memory. */
export async function keepPieces(ctx: RowContext, id: string, upload: Upload): Promise<void> {
  for (let position = 0; position * PIECE < upload.size; position++) {
    const bytes = await upload.read(position * PIECE, PIECE)
    await own(
      ctx,
      (mine) => sql`
        INSERT INTO attachment_pieces (organization_id, environment, attachment_id, position, bytes)
        SELECT t.organization_id, t.environment, t.id, ${position}::int, ${bytes}::bytea
        FROM attachments t WHERE ${mine('t')} AND t.id = ${id}::uuid`,
    )
  }
}

/**
 * The bytes of an attachment, piece by piece. Each takes a connection for its own statement: between them, while a slow
 * reader reads, none is held.
 * @throws Error where the attachment is deleted meanwhile: what was sent of it is not whole
 */
export async function* readPieces(ctx: RowContext, id: string, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let position = 0; position * PIECE < size; position++) {
    const [piece] = await inFairShare(ctx.actor.lineage_id, () =>
      own<{ base64: string }>(
        ctx,
        (mine) => sql`
          SELECT encode(t.bytes, 'base64') AS base64 FROM attachment_pieces t
          WHERE ${mine('t')} AND t.attachment_id = ${id}::uuid AND t.position = ${position}::int`,
      ),
    )
    if (!piece) throw new Error('An attachment was deleted while it was read.')
    // Decoded in half the time of hex, in which the process does nothing else.
    yield Buffer.from(piece.base64, 'base64')
  }
}
