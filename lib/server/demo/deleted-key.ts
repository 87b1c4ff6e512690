import { randomBytes, randomUUID } from 'node:crypto'
import { DAY_MS } from '@/lib/base/time'
import { type MemberActor, NO_ORIGIN } from '@/lib/kernel/actors/context'
import { auditEntryOf } from '@/lib/kernel/audit/record'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { generateKey, keyPrefix } from '@/lib/keys/format'
import { deletedKeyTarget, keyTarget } from '@/lib/keys/rows'

/** Leads that the key has made while it was there. */
const MADE = 3

/** A key that was deleted: what the audit log keeps of it, and activities that say no more than that. */
export async function createDemoDeletedKey(db: Transaction, organization_id: string, now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const admin = await db.membership.findFirst({ where: { organization_id, role: 'admin' }, include: { user: true } })
  if (!admin) return
  const { email, id: user_id } = admin.user
  const actor: MemberActor = { kind: 'member', user_id, email, role: 'admin', developer: true }
  const by = { actor, organization: { id: organization_id }, origin: NO_ORIGIN }
  const environment = 'live' as const
  const key = { id: randomUUID(), key_prefix: keyPrefix(generateKey(environment)), environment, version: 1 }
  const facts = { name: 'trade-fair', environment, scopes: ['leads:create'], allowed_ips: [], expires_at: null }
  const hashed_token = randomBytes(32).toString('hex')
  const reason = 'The fair is over.'
  await db.auditEntry.createMany({
    data: [
      { ...auditEntryOf(by, { action: 'api_key.created', target: keyTarget(key), after: facts }), at: daysAgo(33) },
      {
        ...auditEntryOf(by, {
          action: 'api_key.deleted',
          target: deletedKeyTarget(key),
          before: { ...facts, hashed_token },
          reason,
        }),
        at: daysAgo(26),
      },
    ],
  })
  const leads = await db.lead.findMany({ where: { organization_id, environment }, select: { id: true }, take: MADE })
  await db.activity.createMany({
    data: leads.map(({ id }, index) => ({
      organization_id,
      environment,
      at: daysAgo(30 - index),
      type: 'lead.created',
      actor_kind: 'key',
      actor_id: key.id,
      actor_label: key.key_prefix,
      subject_kind: 'lead',
      subject_id: id,
      sequence: 1,
    })),
  })
}
