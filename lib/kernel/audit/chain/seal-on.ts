import { chainOf, NO_HEAD, nextHash, SEALED_COLUMNS, type SealedEntry } from '@/lib/kernel/audit/chain/canonical'
import { Prisma, type PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'

/** Entries that one transaction of the sealer takes; of those from before, which it has to look for, more. */
const AT_ONCE = 2_000
const AT_ONCE_BEFORE = 10_000

/**
 * Seals on: gives each entry that has been committed the next place in the chain of its organisation, or of the platform.
 * The seals commit with the place up to which it was read, so that each entry is sealed once, whatever ends in between.
 *
 * The order is that of transactions, up to the oldest that is still under way: whatever has a lower number has ended, so
 * nothing can come before what was sealed, and no clock is asked. The transactions themselves know nothing of it.
 * @returns whether there may be more; false where another seals at this moment
 */
export function sealOn(db: PrismaClient): Promise<boolean> {
  return inTransaction({ db }, async ({ db: transaction }) => {
    const place = await lockPlace(transaction)
    if (!place) return false
    const entries = await nextEntries(transaction, place)
    await appendSeals(transaction, entries)
    const isMore = entries.length === portionOf(place)
    await moveOn(transaction, place, isMore ? entries.at(-1) : undefined)
    return isMore
  })
}

type Place = {
  sealed_to: string
  /** False: entries that have no number of this server, and those of before, come first. */
  caught_up: boolean
  /** Every transaction before it has ended. */
  settled: string
}

/** Over all processes one seals at a time; nobody waits for it. */
async function lockPlace(db: Transaction): Promise<Place | null> {
  const [place] = await db.$queryRaw<(Place & { foreign: boolean })[]>`
    SELECT sealed_to::text, caught_up, pg_snapshot_xmin(pg_current_snapshot())::text AS settled,
      sealed_to > pg_snapshot_xmax(pg_current_snapshot()) AS foreign
    FROM audit_sealing FOR UPDATE SKIP LOCKED`
  if (!place) return null
  // A database that was restored into another server, which counts its transactions from the beginning.
  return { ...place, caught_up: place.caught_up && !place.foreign }
}

const portionOf = ({ caught_up }: Place): number => (caught_up ? AT_ONCE : AT_ONCE_BEFORE)

type Numbered = SealedEntry & { transaction_id: string | null }

function nextEntries(db: Transaction, place: Place): Promise<Numbered[]> {
  const { sealed_to, caught_up, settled } = place
  const among = caught_up
    ? Prisma.sql`e.transaction_id >= ${sealed_to}::xid8 AND e.transaction_id < ${settled}::xid8`
    : Prisma.sql`true`
  const order = caught_up ? Prisma.sql`e.transaction_id, e.id` : Prisma.sql`e.transaction_id NULLS FIRST, e.at, e.id`
  return db.$queryRaw<Numbered[]>`
    SELECT ${SEALED_COLUMNS}, e.transaction_id::text FROM audit_entries e
    WHERE ${among} AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id)
    ORDER BY ${order} LIMIT ${portionOf(place)}::int`
}

type Seal = { chain_id: string; position: string; entry_id: string; hash: string }

/** Four statements, however many chains. */
async function appendSeals(db: Transaction, entries: readonly SealedEntry[]): Promise<void> {
  if (entries.length === 0) return
  const chains = await readChains(db, [...new Set(entries.map(({ organization_id }) => chainOf(organization_id)))])
  const seals = entries.map((entry): Seal => {
    const chain_id = chainOf(entry.organization_id)
    const last = chains.get(chain_id) ?? { position: 0n, head: NO_HEAD }
    const next = { position: last.position + 1n, head: nextHash(last.head, entry) }
    chains.set(chain_id, next)
    return { chain_id, position: String(next.position), entry_id: entry.id, hash: next.head.toString('hex') }
  })
  await db.$executeRaw`
    INSERT INTO audit_seals (chain_id, position, entry_id, hash)
    SELECT chain_id, position, entry_id, decode(hash, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(seals)}::jsonb) AS s (chain_id uuid, position bigint, entry_id uuid, hash text)`
  const heads = [...chains].map(([id, { position, head }]) => ({
    id,
    position: String(position),
    head: Buffer.from(head).toString('hex'),
  }))
  await db.$executeRaw`
    INSERT INTO audit_chains (id, position, head)
    SELECT id, position, decode(head, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) AS c (id uuid, position bigint, head text)
    ON CONFLICT (id) DO UPDATE SET position = excluded.position, head = excluded.head`
}

type Chain = { position: bigint; head: Uint8Array }

async function readChains(db: Transaction, ids: string[]): Promise<Map<string, Chain>> {
  const rows = await db.auditChain.findMany({ where: { id: { in: ids } } })
  return new Map(rows.map(({ id, position, head }) => [id, { position, head }]))
}

/** @param last the last entry of a portion behind which there may be more: its transaction may have written others */
async function moveOn(db: Transaction, place: Place, last: Numbered | undefined): Promise<void> {
  const { sealed_to, caught_up, settled } = place
  if (last && !caught_up) return catchUp(db)
  // Settled may be behind the place, where that was moved after our look at the transactions.
  const behind = caught_up && BigInt(settled) < BigInt(sealed_to)
  const to = last?.transaction_id ?? (behind ? sealed_to : settled)
  await db.$executeRaw`UPDATE audit_sealing SET sealed_to = ${to}::xid8, caught_up = true`
}

/** Has the sealer look for entries without a number of this server before it goes on. */
export async function catchUp(db: Transaction): Promise<void> {
  await db.$executeRaw`UPDATE audit_sealing SET caught_up = false`
}
