import type pg from 'pg'
import { NO_HEAD, nextHash, PLATFORM_CHAIN, SEALED_COLUMNS, type SealedEntry } from '@/lib/kernel/audit/chain/canonical'
import { bulk } from '@/lib/kernel/db/client'
import { LIFT_LIMITS } from '@/lib/kernel/db/session'

/** Links that one statement reads. */
const AT_ONCE = 5_000

/** The first thing that is wrong with a chain, and where. */
type ChainFault = {
  /**
   * `altered`: the entry is not what was sealed. `missing`: the entry, or its seal, is gone. `inserted`: the entry was put
   * among those that are sealed. `cut`: the end of the chain is gone.
   */
  kind: 'altered' | 'missing' | 'inserted' | 'cut'
  /** In the chain, from 1; null for an entry that has no place in it. */
  position: number | null
  /** Null where nothing tells it any more. */
  entry_id: string | null
}

export type VerifiedChain = {
  /** Links that hold, up to the fault if there is one. */
  entries: number
  /** The hash of the last of them, in hex; null: there is none. */
  head: string | null
  /** Entries that wait to be sealed. */
  waiting: number
  /** Whether the head that was asked for is one of the links. */
  found: boolean
  fault: ChainFault | null
}

type Asked = {
  chain_id: string
  /** A head that was kept elsewhere, in hex. */
  head?: string | undefined
}

/**
 * Computes a chain again, from its first link on, in one snapshot of the database: what is sealed meanwhile is not looked
 * at. An entry that was written to the end of the chain is part of it, whoever wrote it; of a tail that was cut off with
 * its seals, and with what is noted of the chain, only a head that was kept elsewhere tells.
 */
export async function verifyChain({ chain_id, head }: Asked): Promise<VerifiedChain> {
  const client = await bulk().pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(LIFT_LIMITS)
    const followed = await followLinks(client, chain_id, head)
    const waiting = await countWaiting(client, chain_id)
    const fault =
      followed.fault ?? (await findCut(client, chain_id, followed.entries)) ?? (await findInserted(client, chain_id))
    return { ...followed, waiting, fault }
  } finally {
    client.release(
      await client.query('ROLLBACK').then(
        () => false,
        () => true,
      ),
    )
  }
}

type Link = Partial<SealedEntry> & { position: string; entry_id: string; hash: Buffer }

/** With the columns of the entry as they are; all of them null where it is gone. */
const LINKS = {
  text: `SELECT s.position, s.entry_id, s.hash, ${SEALED_COLUMNS.sql}
    FROM audit_seals s LEFT JOIN audit_entries e ON e.id = s.entry_id
    WHERE s.chain_id = $1 AND s.position > $2 ORDER BY s.position LIMIT ${AT_ONCE}`,
}

type Followed = Pick<VerifiedChain, 'entries' | 'head' | 'found' | 'fault'>

async function followLinks(client: pg.PoolClient, chain_id: string, asked: string | undefined): Promise<Followed> {
  let entries = 0
  let last: Uint8Array = NO_HEAD
  let found = false
  const followed = (fault: ChainFault | null) => ({
    entries,
    head: entries === 0 ? null : Buffer.from(last).toString('hex'),
    found,
    fault,
  })
  const linksAfter = (position: string) => client.query<Link>({ ...LINKS, values: [chain_id, position] })
  let reading = linksAfter('0')
  for (;;) {
    const { rows } = await reading
    const end = rows.length === AT_ONCE ? rows.at(-1) : undefined
    // Postgres reads the next links while these are computed.
    if (end) reading = linksAfter(end.position)
    // Where a fault ends it before, nobody waits for them.
    reading.catch(() => {})
    for (const link of rows) {
      const fault = faultOf(link, entries + 1, last)
      if (fault) return followed(fault)
      entries += 1
      last = link.hash
      found ||= asked !== undefined && link.hash.toString('hex') === asked
    }
    if (!end) return followed(null)
  }
}

const isThere = (entry: Partial<SealedEntry>): entry is SealedEntry => typeof entry.id === 'string'

function faultOf({ position, entry_id, hash, ...entry }: Link, expected: number, last: Uint8Array): ChainFault | null {
  if (Number(position) !== expected) return { kind: 'missing', position: expected, entry_id: null }
  if (!isThere(entry)) return { kind: 'missing', position: expected, entry_id }
  return nextHash(last, entry).equals(hash) ? null : { kind: 'altered', position: expected, entry_id }
}

/** The end that is noted of the chain is further on. */
async function findCut(client: pg.PoolClient, chain_id: string, entries: number): Promise<ChainFault | null> {
  const { rows } = await client.query<{ position: string }>('SELECT position FROM audit_chains WHERE id = $1', [
    chain_id,
  ])
  const noted = Number(rows[0]?.position ?? 0)
  return noted > entries ? { kind: 'cut', position: entries + 1, entry_id: null } : null
}

/** Entries of a chain that have no seal, before the place up to which was sealed, or behind it. */
const unsealed = (chain_id: string, which: 'before' | 'behind') => `
  FROM audit_entries e CROSS JOIN audit_sealing p
  WHERE ${chain_id === PLATFORM_CHAIN ? 'e.organization_id IS NULL AND $1::uuid IS NOT NULL' : 'e.organization_id = $1::uuid'}
    AND (p.looked_to IS NULL AND (e.transaction_id IS NULL OR e.transaction_id < p.sealed_to)) = ${which === 'before'}
    AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id)`

async function findInserted(client: pg.PoolClient, chain_id: string): Promise<ChainFault | null> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT e.id ${unsealed(chain_id, 'before')} ORDER BY e.at, e.id LIMIT 1`,
    [chain_id],
  )
  return rows[0] ? { kind: 'inserted', position: null, entry_id: rows[0].id } : null
}

async function countWaiting(client: pg.PoolClient, chain_id: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count ${unsealed(chain_id, 'behind')}`,
    [chain_id],
  )
  return rows[0]?.count ?? 0
}
