import { randomBytes, randomUUID } from 'node:crypto'
import { DAY_MS } from '@/lib/base/time'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { auditEntryOf } from '@/lib/kernel/audit/record'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Environment, UsageOutcome } from '@/lib/kernel/db/generated/enums'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { generateKey, keyPrefix } from '@/lib/keys/format'
import { keyTarget } from '@/lib/keys/rows'
import { CATALOGUE } from '@/lib/resources/register'
import { demoUsage } from '@/lib/server/demo/usage'

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
export async function createDemoKeys(db: Transaction, { email, ...owner }: Owner & Maker, now: Date) {
  const told = STORIES.map((story) => tell(owner, story, now))
  // The successors first: the keys name them. All keys of one story share its lineage.
  const successors = await create(
    db,
    told.flatMap(({ successor }) => successor ?? []),
  )
  const keys = await create(
    db,
    told.map(({ key }) => ({ ...key, successor_id: successors.get(key.lineage_id) })),
  )
  const stories = told.map((story, seed) => ({ ...story, seed, key_id: keys.get(story.key.lineage_id) ?? '' }))
  const actor = { kind: 'member' as const, user_id: owner.created_by, email, role: 'admin' as const, developer: true }
  const audit = { actor, organization: { id: owner.organization_id }, origin: NO_ORIGIN }
  await db.auditEntry.createMany({
    data: stories.flatMap(({ key_id, key, successor }) => {
      const target = keyTarget({ id: key_id, key_prefix: key.key_prefix, environment: key.environment, version: 1 })
      const changed = { ...target, version: 2 }
      const { rotated_at, retires_at, revoked_at, revoked_reason: reason } = key
      const rotation = successor && {
        ...successor,
        successor: successor.key_prefix,
        successor_id: successors.get(key.lineage_id),
        successor_expires_at: successor.expires_at,
        retires_at,
      }
      return [
        { ...auditEntryOf(audit, { action: 'api_key.created', target, after: key }), at: key.created_at },
        ...(rotation && rotated_at
          ? [
              {
                ...auditEntryOf(audit, {
                  action: 'api_key.rotated',
                  target: changed,
                  before: { ...key, retires_at: null },
                  after: rotation,
                }),
                at: rotated_at,
              },
            ]
          : []),
        ...(revoked_at
          ? [{ ...auditEntryOf(audit, { action: 'api_key.revoked', target: changed, reason }), at: revoked_at }]
          : []),
      ]
    }),
  })
  const used = stories.flatMap(({ used_at, ...story }) => (used_at ? { ...story, used_at } : []))
  await db.keyLastUse.createMany({
    data: used.map(({ key_id, used_at }) => ({ key_id, used_at, address: '203.0.113.24', user_agent: AGENT })),
  })
  const usage = used.flatMap(({ key_id, key, calls, used_at, seed }) =>
    demoUsage({ scopes: calls, held: key.scopes, from: key.created_at, until: used_at, now }, seed).map((count) => ({
      key_id,
      ...count,
    })),
  )
  await insertUsage(db, usage)
}

const AGENT = 'acme-integration/2.4'

/** Of the scopes of a story those that there are: a deployment may have fewer resources. */
const existing = (scopes: string[]) => scopes.filter((scope) => CATALOGUE.isScope(scope))

/** The rows of a story's keys. */
function tell(owner: Owner, { days, calls = [], allowed_ips = [], revoked_reason, ...fields }: Story, now: Date) {
  const at = (days: number | undefined) => (days === undefined ? null : new Date(now.getTime() + days * DAY_MS))
  const scopes = existing(fields.scopes)
  const shared = { ...owner, ...fields, scopes, allowed_ips, lineage_id: randomUUID(), expires_at: at(days.expires) }
  const rotated_at = at(days.rotated)
  const key = {
    ...shared,
    ...secretless(fields.environment),
    created_at: at(days.created) ?? now,
    revoked_at: at(days.revoked),
    revoked_reason,
    rotated_at,
    retires_at: at(days.rotated === undefined ? undefined : days.rotated + 7),
  }
  const successor = rotated_at && { ...shared, ...secretless(fields.environment), created_at: rotated_at }
  return { key, successor, calls: existing(calls), used_at: at(days.used) }
}

/** @returns the id of each key by its lineage */
async function create(db: Transaction, data: Prisma.ApiKeyCreateManyInput[]): Promise<Map<string, string>> {
  const made = await db.apiKey.createManyAndReturn({ data, select: { id: true, lineage_id: true } })
  return new Map(made.map(({ id, lineage_id }) => [lineage_id, id]))
}

type Usage = { key_id: string; hour: Date; scope: string; outcome: UsageOutcome; calls: number }

/** Thousands of rows, in one statement with one parameter: a parameter for each value would be most of the seeding. */
const insertUsage = (db: Transaction, rows: Usage[]) => db.$executeRaw`
  INSERT INTO key_usage (key_id, hour, scope, outcome, calls)
  SELECT key_id, hour, scope, outcome, calls FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS counted (key_id uuid, hour timestamptz, scope text, outcome usage_outcome, calls int)`

const secretless = (environment: Environment) => ({
  key_prefix: keyPrefix(generateKey(environment)),
  hash: new Uint8Array(randomBytes(32)),
})
