import type { Role } from '@/lib/kernel/db/generated/enums'

export const DEMO_ORGANIZATION = { slug: 'acme', name: 'Acme', plan: 'pro', developer_api: true } as const

type Account = {
  email: string
  name: string
  platform_admin: boolean
  /** In the demo organisation; null: no member of it. */
  membership: { role: Role; developer: boolean } | null
}

/** One of each kind of person. */
export const DEMO_ACCOUNTS: Account[] = [
  account('admin@acme.test', 'Ada Admin', { role: 'admin', developer: true }),
  account('readonly@acme.test', 'Rhea Reader', { role: 'read_only_admin', developer: true }),
  account('member@acme.test', 'Milo Member', { role: 'member', developer: false }),
  { ...account('platform@latchkey.test', 'Petra Platform', null), platform_admin: true },
]

function account(email: string, name: string, membership: Account['membership']): Account {
  return { email, name, platform_admin: false, membership }
}

const TITLES: Record<Role, string> = { admin: 'Admin', read_only_admin: 'Read-Only Admin', member: 'Member' }

/** What the start prints of an account. */
export const describeAccount = ({ email, membership }: Account) => ({
  email,
  role: membership ? `${TITLES[membership.role]} of ${DEMO_ORGANIZATION.slug}` : 'platform admin',
})
