import { recordActivities } from '@/lib/kernel/activities/record'
import type { Tenant } from '@/lib/kernel/actors/context'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { findExclusions } from '@/lib/kernel/exclusions/find'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { namesOf, OWNERS } from '@/lib/work/steps/owners'

/**
 * How many runs may lead to each other: what a run does may start runs of other flows, and what those do again others. A
 * circle of flows ends here.
 */
const DEEPEST = 5

type Started = Tenant & {
  flow_id: string
  name: string
  contact_id: string
  email: string
  event_id: string
  event_type: string
  event_at: Date
  depth: number
}

/**
 * How many runs have led to the event `e`, with the one that it would start. Of a flow's doing that is one more than of its
 * last run with the contact; of a flow that is gone nobody knows.
 */
const DEPTH = Prisma.sql`CASE WHEN e.actor_kind = 'flow' THEN coalesce((
    SELECT r.depth + 1 FROM enrollments r
    WHERE r.flow_id = e.actor_id AND r.contact_id = e.contact_id ORDER BY r.enrolled_at DESC LIMIT 1
  ), ${DEEPEST + 1}::int) ELSE 1 END`

/** Whether all conditions of the flow `f` hold of the event `e` and its contact `c`. */
const MEETS = Prisma.sql`NOT EXISTS (
    SELECT FROM jsonb_to_recordset(f.conditions) q (field text, operator text, value jsonb)
    CROSS JOIN LATERAL (
      SELECT CASE split_part(q.field, '.', 1)
        WHEN 'details' THEN e.data -> split_part(q.field, '.', 2)
        ELSE to_jsonb(c) -> split_part(q.field, '.', 2) END AS told
    ) v
    WHERE (q.operator = 'is')
      <> coalesce(v.told = q.value OR (jsonb_typeof(v.told) = 'array' AND v.told @> q.value), false)
  )`

/**
 * Holds the flows and the contacts so that they are there until the transaction ends. A flow that is being changed is taken as
 * it was: the event is considered before the change, and the webhooks wait for none. One that is being deleted is waited
 * for, and starts nothing.
 */
const findStarted = (db: Transaction, among: Prisma.Sql): Promise<Started[]> =>
  db.$queryRaw<Started[]>`
    SELECT f.id AS flow_id, f.name, f.organization_id, f.environment, c.id AS contact_id, c.email,
      e.id AS event_id, e.type AS event_type, e.at AS event_at, d.depth
    FROM activities e
    JOIN flows f ON f.organization_id = e.organization_id AND f.environment = e.environment
      AND f.event = e.type AND f.status = 'enabled' AND f.enabled_at <= e.at
    JOIN contacts c ON c.organization_id = e.organization_id AND c.environment = e.environment AND c.id = e.contact_id
    CROSS JOIN LATERAL (SELECT ${DEPTH} AS depth) d
    WHERE ${among} AND NOT (e.actor_kind = 'flow' AND e.actor_id = f.id) AND d.depth <= ${DEEPEST}::int AND ${MEETS}
    ORDER BY e.transaction_id, e.id, f.id
    FOR KEY SHARE OF f, c`

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

/**
 * Starts the runs of flows that events ask for: each contact goes through a flow once at a time, and whoever is excluded
 * through none.
 * @param among which of the activities `e` are the events
 */
export async function startRuns(db: Transaction, among: Prisma.Sql): Promise<void> {
  const started = await findStarted(db, among)
  const tenants = grouped(started, ({ organization_id, environment }) => `${organization_id} ${environment}`)
  for (const ofTenant of tenants.values()) await startInTenant(db, ofTenant)
}

async function startInTenant(db: Transaction, started: Started[]): Promise<void> {
  const [first] = started
  if (!first) return
  const tenant = { organization_id: first.organization_id, environment: first.environment }
  const excluded = await findExclusions(
    db,
    tenant,
    started.map(({ email }) => email),
  )
  const admitted = started.filter(({ email }) => !excluded.has(email)).map((one) => ({ ...one, id: uuidv7() }))
  const created = await db.enrollment.createManyAndReturn({
    data: admitted.map(({ id, flow_id, contact_id, event_id, event_type, event_at, depth }) => ({
      ...tenant,
      id,
      flow_id,
      contact_id,
      event_id,
      event_type,
      event_at,
      depth,
    })),
    // Who is on the way already goes on.
    skipDuplicates: true,
    select: { id: true },
  })
  const ids = new Set(created.map(({ id }) => id))
  const flows = grouped(
    admitted.filter(({ id }) => ids.has(id)),
    ({ flow_id }) => flow_id,
  )
  for (const [flow_id, runs] of flows) {
    const owner = { kind: 'flow', id: flow_id } as const
    await recordActivities(
      { db, tenant, actor: { ...owner, label: runs[0]?.name ?? '' } },
      runs.map(({ id, contact_id, event_id, event_type }) => ({
        type: OWNERS.flow.entered,
        subject: { kind: 'contact', id: contact_id },
        contact_id,
        data: { ...namesOf(owner, id), event_id, event_type },
      })),
    )
  }
}
