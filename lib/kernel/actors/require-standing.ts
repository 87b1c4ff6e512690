import { DomainError, notFound } from '@/lib/base/errors'
import type { Actor, Context } from '@/lib/kernel/actors/context'
import { maySeeKeys, requirePermission } from '@/lib/kernel/actors/permissions'
import type { Transaction } from '@/lib/kernel/db/transaction'

/**
 * Asks again, behind the lock that a removal, a demotion and the flag wait for too, whether the actor still is what let the
 * request in: a call that waited for the lock does nothing for somebody who was removed meanwhile.
 * @throws DomainError not_found, developer_api_disabled, role_forbids
 */
export async function requireStanding({ db, actor, organization }: Context & { db: Transaction }): Promise<void> {
  if (actor.kind === 'operator') return
  const row = await db.organization.findUnique({
    where: { id: organization.id },
    select: { developer_api: true, memberships: { where: personOf(actor), select: { role: true, developer: true } } },
  })
  if (!row) throw notFound('organisation')
  if (organization.developer_api && !row.developer_api) requirePermission(maySeeKeys({ actor, organization: row }))
  if (actor.kind !== 'member') return
  const [membership] = row.memberships
  if (!membership) throw notFound('organisation')
  if (membership.role !== actor.role || membership.developer !== actor.developer) {
    throw new DomainError('role_forbids', 'What you may do here has changed in the meantime. Try again.')
  }
}

/** A key is nobody's membership: none matches. */
const personOf = (actor: Exclude<Actor, { kind: 'operator' }>) =>
  actor.kind === 'member' ? { user_id: actor.user_id } : { user_id: { in: [] } }
