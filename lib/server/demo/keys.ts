import { randomBytes, randomUUID } from 'node:crypto'
import type { Environment } from '@/lib/db/generated/enums'
import type { Transaction } from '@/lib/db/transaction'
import { keyPrefix, makeKey } from '@/lib/keys/format'
import { demoUsage } from '@/lib/server/demo/usage'

const DAY_MS = 86_400_000

type Story = {
  name: string
  description?: string
  environment: Environment
  scopes: string[]
  allowed_ips?: string[]
  revoked_reason?: string
  /** The scopes that its calls need; absent: it makes none. */
  calls?: string[]
  /** When, in days from now; negative: past. */
  days: { created: number; expires?: number; revoked?: number; rotated?: number; used?: number }
}

/** Keys in every state. */
const STORIES: Story[] = [
  {
    name: 'crm-sync',
    environment: 'live',
    scopes: ['leads:read', 'leads:create', 'leads:update'],
    calls: ['leads:read', 'leads:create', 'contacts:read'],
    days: { created: -64, used: -0.01 },
  },
  {
    name: 'reporting',
    description: 'Nightly figures for the board.',
    environment: 'live',
    scopes: ['read:all'],
    allowed_ips: ['203.0.113.0/24'],
    calls: ['leads:read', 'contacts:read', 'activities:read'],
    days: { created: -40, expires: 200, used: -0.4 },
  },
  {
    name: 'landing-page',
    environment: 'live',
    scopes: ['leads:create'],
    calls: ['leads:create'],
    days: { created: -87, expires: 3, used: -0.05 },
  },
  {
    name: 'ci',
    environment: 'test',
    scopes: ['leads:read', 'leads:create', 'leads:update', 'leads:delete'],
    calls: ['leads:read', 'leads:create', 'leads:delete'],
    days: { created: -21, used: -1 },
  },
  {
    name: 'partner-import',
    environment: 'live',
    scopes: ['leads:create'],
    revoked_reason: 'The contract ended.',
    calls: ['leads:create'],
    days: { created: -75, revoked: -9, used: -9.2 },
  },
  { name: 'migration', environment: 'live', scopes: ['write:all'], days: { created: -80, expires: -50, used: -51 } },
  { name: 'sandbox-check', environment: 'test', scopes: [], days: { created: -5 } },
  {
    name: 'webshop',
    environment: 'live',
    scopes: ['leads:read'],
    calls: ['leads:read'],
    days: { created: -60, rotated: -0.4, used: -0.03 },
  },
]

type Owner = { organization_id: string; created_by: string }
/** Who made the keys, as the audit names them. */
type Maker = { email: string }

/** Makes keys that nobody can use: the secret of each is forgotten at once, and its hash is not of it either. */
export async function createDemoKeys(db: Transaction, owner: Owner & Maker, now: Date) {
  for (const [index, story] of STORIES.entries()) await createDemoKey(db, owner, story, now, index)
}

async function createDemoKey(
  db: Transaction,
  { email, ...owner }: Owner & Maker,
  { days, calls = [], revoked_reason, ...fields }: Story,
  now: Date,
  seed: number,
) {
  const at = (days: number | undefined) => (days === undefined ? null : new Date(now.getTime() + days * DAY_MS))
  const data = { ...owner, ...fields, lineage_id: randomUUID(), expires_at: at(days.expires) }
  const created_at = at(days.created) ?? now
  const key = await db.apiKey.create({
    data: { ...data, ...secretless(fields.environment), created_at, revoked_at: at(days.revoked), revoked_reason },
  })
  await db.auditEntry.create({
    data: {
      organization_id: owner.organization_id,
      at: created_at,
      actor_kind: 'member',
      actor_id: owner.created_by,
      actor_label: email,
      action: 'api_key.created',
      target_kind: 'api_key',
      target_id: key.id,
      target_label: key.key_prefix,
      after: { name: fields.name, environment: fields.environment, scopes: fields.scopes },
    },
  })
  const rotated_at = at(days.rotated)
  if (rotated_at) {
    const successor = await db.apiKey.create({
      data: { ...data, ...secretless(fields.environment), created_at: rotated_at },
    })
    const retires_at = new Date(rotated_at.getTime() + 7 * DAY_MS)
    await db.apiKey.update({ where: { id: key.id }, data: { rotated_at, retires_at, successor_id: successor.id } })
  }
  const used_at = at(days.used)
  if (used_at) {
    await db.keyLastUse.create({
      data: { key_id: key.id, used_at, address: '203.0.113.24', user_agent: 'acme-integration/2.4' },
    })
    const usage = demoUsage({ scopes: calls, held: fields.scopes, from: created_at, until: used_at, now }, seed)
    await db.keyUsage.createMany({ data: usage.map((count) => ({ ...count, key_id: key.id })) })
  }
}

const secretless = (environment: Environment) => ({
  key_prefix: keyPrefix(makeKey(environment)),
  hash: new Uint8Array(randomBytes(32)),
})
