import { catalogue } from '@/lib/contracts/scopes/catalogue'
import { UUID_V7 } from '@/lib/kernel/activities/record-changed'
import { catchUp } from '@/lib/kernel/audit/chain/seal-on'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { firstOf, type Span, within } from '@/lib/kernel/db/span'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { startRuns } from '@/lib/work/flows/start-runs'
import { ACTIVITIES, AUDIT_LOG, audited, SUCCESSORS } from '@/lib/work/webhooks/relay/events'

type Source = ReturnType<typeof audited>

/** All that is read. */
function sources(): Source[] {
  const actions = catalogue().resources.flatMap((resource) => resource.audited)
  return [ACTIVITIES, audited(actions), ...(actions.includes('api_key.rotated') ? [SUCCESSORS] : []), AUDIT_LOG]
}

/** The tables that they lie in. */
const TABLES = [ACTIVITIES, AUDIT_LOG]

/**
 * Reads on in what has been committed: makes a delivery for each event and each subscription to it, and starts the flows. All
 * of it commits with the place up to which it was read, so that each event is taken once, whatever ends in between.
 *
 * The order is that of transactions, up to the oldest that is still under way: whatever has a lower number has ended, so
 * nothing can come before what was read. A long transaction holds back the events that come after it began.
 * @returns whether there is more
 */
export function readOn(db: PrismaClient): Promise<boolean> {
  return inTransaction({ db }, async ({ db: transaction }) => {
    const place = await lockPlace(transaction)
    const span = await nextSpan(transaction, place)
    if (span.from === span.to) return false
    for (const source of sources()) await makeDeliveries(transaction, source, span)
    await startRuns(transaction, within(span))
    await moveTo(transaction, span.to)
    return span.to !== place.settled
  })
}

type Place = {
  read_to: string
  /** Every transaction before it has ended. */
  settled: string
}

/** Over all processes one reads at a time. */
async function lockPlace(db: Transaction): Promise<Place> {
  await db.$queryRaw`SELECT FROM webhook_relay FOR UPDATE`
  // A statement that waited for another reader knows no transaction since; this one does.
  const [place] = await db.$queryRaw<(Place & { foreign: boolean })[]>`
    SELECT read_to::text, pg_snapshot_xmin(pg_current_snapshot())::text AS settled,
      read_to > pg_snapshot_xmax(pg_current_snapshot()) AS foreign
    FROM webhook_relay`
  if (!place) throw new Error('The place of the relay is missing.')
  if (!place.foreign) return place
  await forgetNumbers(db, place)
  return { ...place, read_to: place.settled }
}

/**
 * Takes up a database that was restored into another server, which counts its transactions from the beginning: numbers of
 * the other one would come again. What lay there unread stays untold.
 */
async function forgetNumbers(db: Transaction, { settled }: Place) {
  for (const { table } of TABLES) {
    await db.$executeRaw`UPDATE ${table} SET transaction_id = NULL WHERE transaction_id >= ${settled}::xid8`
  }
  await catchUp(db)
  await moveTo(db, settled)
}

const moveTo = (db: Transaction, place: string) => db.$executeRaw`UPDATE webhook_relay SET read_to = ${place}::xid8`

/** The transactions to read next. */
function nextSpan(db: Transaction, { read_to, settled }: Place): Promise<Span> {
  // Settled may be behind the place in a database that came from another server.
  const to = BigInt(settled) > BigInt(read_to) ? settled : read_to
  return firstOf(
    db,
    { from: read_to, to },
    TABLES.map(({ table }) => table),
  )
}

/** Due in the order in which they happened. A subscription that is being deleted is waited for, and gets nothing. */
async function makeDeliveries(db: Transaction, source: Source, span: Span): Promise<void> {
  const { table, id, type, body, among, all, environment } = source
  await db.$executeRaw`
    INSERT INTO webhook_deliveries
      (id, organization_id, environment, webhook_id, event_id, type, body, next_attempt_at, created_at)
    SELECT ${UUID_V7}, w.organization_id, w.environment, w.id, ${id}, ${type}, ${body}, e.at, e.at
    FROM ${table} e
    JOIN webhooks w ON w.organization_id = e.organization_id AND w.environment = ${environment}
    WHERE ${within(span)} AND ${among} AND w.enabled AND w.events && ARRAY[${type}, ${all}]
    ORDER BY e.transaction_id, e.id
    FOR KEY SHARE OF w`
}
