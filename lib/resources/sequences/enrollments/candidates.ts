import { DomainError, notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { type ExclusionRule, findExclusions } from '@/lib/kernel/exclusions/find'

type Candidate = { id: string; email: string; rule: ExclusionRule | undefined }

/**
 * Reads who is to be enrolled, and holds sequence and contacts as they are until the transaction ends: the sequence is
 * not paused, the contacts are not deleted meanwhile. Others may enroll at the same time.
 * @returns the contacts that are there, by id, each with the rule that excludes it
 * @throws DomainError not_found, wrong_state
 */
export async function findCandidates(
  { db, tenant }: ResourceContext & { db: Transaction },
  sequence_id: string,
  contact_ids: string[],
): Promise<Map<string, Candidate>> {
  const { organization_id, environment } = tenant
  const [sequence] = await db.$queryRaw<{ status: string }[]>`
    SELECT status::text FROM sequences
    WHERE organization_id = ${organization_id}::uuid AND environment = ${environment}::environment
      AND id = ${sequence_id}::uuid
    FOR SHARE`
  if (!sequence) throw notFound('sequence')
  if (sequence.status !== 'active') {
    throw new DomainError('wrong_state', `This sequence is ${sequence.status}; only an active one takes contacts.`)
  }
  const contacts = await db.$queryRaw<{ id: string; email: string }[]>`
    SELECT id, email FROM contacts
    WHERE organization_id = ${organization_id}::uuid AND environment = ${environment}::environment
      AND id = ANY(${contact_ids}::uuid[])
    FOR KEY SHARE`
  const emails = contacts.map(({ email }) => email)
  const rules = await findExclusions(db, tenant, emails)
  return new Map(contacts.map(({ id, email }) => [id, { id, email, rule: rules.get(email) }]))
}
