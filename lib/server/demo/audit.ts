import { DAY_MS } from '@/lib/base/time'
import type { PersonActor, PlatformAdminActor } from '@/lib/kernel/actors/context'
import { type AuditContext, auditEntryOf } from '@/lib/kernel/audit/record'
import type { Transaction } from '@/lib/kernel/db/transaction'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
const ORIGIN = { request_id: null, address: '203.0.113.24', user_agent: BROWSER }

/** What people did before the first visit, besides making keys: how they came to be here, and a sign-in that failed. */
export async function createDemoAudit(db: Transaction, organization_id: string, now: Date): Promise<void> {
  const users = await db.user.findMany({
    select: { id: true, email: true, platform_admin: true, memberships: { select: { role: true, developer: true } } },
  })
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const organization = { id: organization_id }
  const target = ({ id, email }: (typeof users)[number]) => ({ id, label: email })
  const by = (actor: AuditContext['actor'], owner: AuditContext['organization'] = organization) => ({
    actor,
    organization: owner,
    origin: ORIGIN,
  })
  const platform = users.find(({ platform_admin }) => platform_admin)
  const admin = users.find(({ memberships }) => memberships.some(({ role }) => role === 'admin'))
  if (!platform || !admin) return
  const platformAdmin: PlatformAdminActor = { kind: 'platform_admin', user_id: platform.id, email: platform.email }
  const person: PersonActor = { kind: 'person', user_id: admin.id, email: admin.email }
  const acme = { id: organization_id, label: 'acme' }
  await db.auditEntry.createMany({
    data: [
      {
        ...auditEntryOf(by(platformAdmin, null), { action: 'platform_admin.set_up', target: target(platform) }),
        at: daysAgo(91),
      },
      {
        ...auditEntryOf(by(platformAdmin), {
          action: 'organization.created',
          target: acme,
          after: { name: 'Acme', plan: 'free' },
        }),
        at: daysAgo(90),
      },
      ...users.flatMap((user, index) =>
        user.memberships.map((standing) => ({
          ...auditEntryOf(by(platformAdmin), { action: 'member.added', target: target(user), after: standing }),
          at: daysAgo(89 - index),
        })),
      ),
      {
        ...auditEntryOf(by(platformAdmin), {
          action: 'organization.changed',
          target: acme,
          before: { plan: 'free', developer_api: false },
          after: { plan: 'pro', developer_api: true },
          reason: 'The contract was signed.',
        }),
        at: daysAgo(88),
      },
      {
        ...auditEntryOf(by({ kind: 'stranger' }), {
          action: 'session.sign_in_failed',
          target: target(admin),
          after: { because: 'password' },
        }),
        at: daysAgo(1.01),
      },
      { ...auditEntryOf(by(person), { action: 'session.signed_in', target: target(admin) }), at: daysAgo(1) },
    ],
  })
}
