import { DomainError, notFound } from '@/lib/base/errors'
import { type ExclusionRule, findExclusions } from '@/lib/kernel/exclusions/find'
import { own, sql, type TransactionContext } from '@/lib/kernel/rows/kit'

type Candidate = { id: string; email: string; rule: ExclusionRule | undefined }

/**
 * Reads who is to be enrolled, and holds sequence and contacts as they are until the transaction ends: the sequence is
 * not paused, the contacts are not deleted meanwhile. Others may enroll at the same time.
 * @returns the contacts that are there, by id, each with the rule that excludes it
 * @throws DomainError not_found, wrong_state
 */
export async function findCandidates(
  ctx: TransactionContext,
  sequence_id: string,
  contact_ids: string[],
): Promise<Map<string, Candidate>> {
  const [sequence] = await own<{ status: string }>(
    ctx,
    (mine) => sql`SELECT t.status::text FROM sequences t WHERE ${mine('t')} AND t.id = ${sequence_id}::uuid FOR SHARE`,
  )
  if (!sequence) throw notFound('sequence')
  if (sequence.status !== 'active') {
    throw new DomainError('wrong_state', `This sequence is ${sequence.status}; only an active one takes contacts.`)
  }
  const contacts = await own<{ id: string; email: string }>(
    ctx,
    (mine) => sql`
      SELECT t.id, t.email FROM contacts t WHERE ${mine('t')} AND t.id = ANY (${contact_ids}::uuid[]) FOR KEY SHARE`,
  )
  const emails = contacts.map(({ email }) => email)
  const rules = await findExclusions(ctx.db, ctx.tenant, emails)
  return new Map(contacts.map(({ id, email }) => [id, { id, email, rule: rules.get(email) }]))
}
