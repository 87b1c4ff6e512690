import { DomainError, validationFailed } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import { own, sql, type TransactionContext } from '@/lib/kernel/rows/kit'

type HeldTicket = { id: string; number: number; status: string; customer_id: string | null }

/**
 * Holds a ticket until the transaction ends: who closes it and who comments on it follow each other.
 * @throws DomainError validation_failed where there is no such ticket; wrong_state for a closed one
 */
export async function holdOpenTicket(ctx: TransactionContext, ticket_id: string): Promise<HeldTicket> {
  const [ticket] = await own<HeldTicket>(
    ctx,
    (mine) => sql`
      SELECT t.id, t.number, t.status::text, t.customer_id FROM tickets t
      WHERE ${mine('t')} AND t.id = ${ticket_id}::uuid FOR NO KEY UPDATE`,
  )
  if (!ticket) throw validationFailed([{ path: 'ticket_id', message: 'There is no such ticket.' }])
  if (ticket.status === 'closed') {
    throw new DomainError('wrong_state', 'A closed ticket takes no comments. Create a new one.')
  }
  return ticket
}

/**
 * What a public comment makes of its ticket, which the caller holds: the first of a member is the first reply, one of the
 * customer opens what was pending or solved.
 */
export async function answerTicket(
  ctx: TransactionContext,
  { id, number, status, customer_id }: HeldTicket,
  author: 'member' | 'customer' | 'integration',
): Promise<void> {
  const reopens = author === 'customer' && ['pending', 'solved'].includes(status)
  // The transaction's own time, which is the comment's too.
  await own(
    ctx,
    (mine) => sql`
      UPDATE tickets t SET last_contact_at = greatest(t.last_contact_at, now()), updated_at = clock_timestamp(),
        first_replied_at = CASE WHEN ${author === 'member'} THEN coalesce(t.first_replied_at, now()) ELSE t.first_replied_at END,
        status = CASE WHEN ${reopens} THEN 'open' ELSE t.status END,
        solved_at = CASE WHEN ${reopens} THEN NULL ELSE t.solved_at END
      WHERE ${mine('t')} AND t.id = ${id}::uuid`,
  )
  if (!reopens) return
  const subject = { kind: 'ticket', id }
  await recordActivities(ctx, [{ type: 'ticket.reopened', subject, contact_id: customer_id, data: { number } }])
}
