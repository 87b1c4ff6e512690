import { chainOf, NO_HEAD, nextHash, SEALED_COLUMNS, type SealedEntry } from '@/lib/kernel/audit/chain/canonical'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'

/** Entries that one transaction of the sealer takes; of those from before, which it has to look for, more. */
const AT_ONCE = 2_000
const AT_ONCE_BEFORE = 5_000

/** Before the first id. */
const FROM_THE_FIRST = '00000000-0000-0000-0000-000000000000'

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
    return place.looked_to === null ? sealNumbered(transaction, place) : sealBefore(transaction, place, place.looked_to)
  })
}

type Place = {
  sealed_to: string
  /** Not null while entries without a number of this server are looked for, those of before: up to which id. */
  looked_to: string | null
  /** Every transaction before it has ended. */
  settled: string
}

/** Over all processes one seals at a time; nobody waits for it. */
async function lockPlace(db: Transaction): Promise<Place | null> {
  const [place] = await db.$queryRaw<(Place & { foreign: boolean })[]>`
    SELECT sealed_to::text, looked_to, pg_snapshot_xmin(pg_current_snapshot())::text AS settled,
      sealed_to > pg_snapshot_xmax(pg_current_snapshot()) AS foreign
    FROM audit_sealing FOR UPDATE SKIP LOCKED`
  if (!place) return null
  // A database that was restored into another server, which counts its transactions from the beginning.
  return place.foreign ? { ...place, looked_to: FROM_THE_FIRST } : place
}

type Numbered = SealedEntry & { transaction_id: string }

async function sealNumbered(db: Transaction, { sealed_to, settled }: Place): Promise<boolean> {
  const entries = await db.$queryRaw<Numbered[]>`
    SELECT ${SEALED_COLUMNS}, e.transaction_id::text FROM audit_entries e
    WHERE e.transaction_id >= ${sealed_to}::xid8 AND e.transaction_id < ${settled}::xid8
      AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id)
    ORDER BY e.transaction_id, e.id LIMIT ${AT_ONCE}::int`
  await appendSeals(db, entries)
  const last = entries.length === AT_ONCE ? entries.at(-1) : undefined
  // Settled may be behind the place, where that was moved after our look at the transactions.
  const behind = BigInt(settled) < BigInt(sealed_to)
  // The transaction of the last one may have written others: what of it is sealed is passed over.
  const to = last?.transaction_id ?? (behind ? sealed_to : settled)
  await db.$executeRaw`UPDATE audit_sealing SET sealed_to = ${to}::xid8`
  return last !== undefined
}

/**
 * Seals what was there before numbers were, in the order of ids. It goes on by number from what was settled at its
 * beginning: what is written meanwhile is found then.
 */
async function sealBefore(db: Transaction, { sealed_to, settled }: Place, looked_to: string): Promise<boolean> {
  const entries = await db.$queryRaw<(SealedEntry & { sealed: boolean })[]>`
    SELECT ${SEALED_COLUMNS}, EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id) AS sealed
    FROM (SELECT * FROM audit_entries WHERE id > ${looked_to}::uuid ORDER BY id LIMIT ${AT_ONCE_BEFORE}::int) e
    ORDER BY e.id`
  await appendSeals(
    db,
    entries.filter(({ sealed }) => !sealed),
  )
  const last = entries.length === AT_ONCE_BEFORE ? entries.at(-1) : undefined
  const from = looked_to === FROM_THE_FIRST ? settled : sealed_to
  await db.$executeRaw`UPDATE audit_sealing SET sealed_to = ${from}::xid8, looked_to = ${last?.id ?? null}::uuid`
  return true
}

/** Has the sealer look for entries without a number of this server before it goes on. */
export async function catchUp(db: Transaction): Promise<void> {
  await db.$executeRaw`UPDATE audit_sealing SET looked_to = ${FROM_THE_FIRST}::uuid`
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
