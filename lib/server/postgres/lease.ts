import pg from 'pg'
import { fixSession } from '@/lib/kernel/db/session'
import { codeOf } from '@/lib/server/process/start-error'

/**
 * Who uses the embedded Postgres is kept in Postgres itself, as advisory locks of one connection per process: they end
 * with the process, however it ends. `SERVER` is held by the one server of a DATA_DIR, `USERS` is shared by all.
 */
const CLASS = 0x4c4b
const SERVER = 1
const USERS = 2
const SETUP = 3

export type LeaseRole = 'server' | 'visitor'

export class Held extends Error {
  constructor(readonly pid: number | null) {
    super('Another process holds this database.')
  }
}

export type Lease = {
  client: pg.Client
  /** Resolves when the connection has ended, wanted or not. */
  ended: Promise<void>
}

async function lock(client: pg.Client, call: string, id: number): Promise<boolean> {
  const { rows } = await client.query<{ done: boolean }>(`SELECT ${call}($1, $2) AS done`, [CLASS, id])
  return rows[0]?.done === true
}

async function holder(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ application_name: string }>(
    `SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND granted`,
    [CLASS, SERVER],
  )
  const name = rows[0]?.application_name
  return name ? Number(name.split(' ').at(-1)) : null
}

/**
 * @returns null when Postgres is just being stopped: start it again
 * @throws Held when `role` is `server` and another server runs
 */
export async function takeLease(url: string, role: LeaseRole): Promise<Lease | null> {
  const client = new pg.Client({ connectionString: url, application_name: `latchkey ${role} ${process.pid}` })
  const ended = new Promise<void>((done) => client.once('end', () => done()))
  client.on('error', () => {})
  try {
    await client.connect()
    await fixSession(client)
    const stays = await lock(client, 'pg_try_advisory_lock_shared', USERS)
    if (stays && (role === 'visitor' || (await lock(client, 'pg_try_advisory_lock', SERVER)))) return { client, ended }
    if (stays) throw new Held(await holder(client))
  } catch (error) {
    // 57P01 and 57P03: Postgres is shutting down or starting.
    if (!['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(codeOf(error) ?? '')) {
      await client.end().catch(() => {})
      throw error
    }
  }
  await client.end().catch(() => {})
  return null
}

/** Runs `work` while no other process is setting the cluster up. */
export async function whileAlone(lease: Lease, work: () => Promise<void>) {
  await lease.client.query('SELECT pg_advisory_lock($1, $2)', [CLASS, SETUP])
  await work()
  await lease.client.query('SELECT pg_advisory_unlock($1, $2)', [CLASS, SETUP])
}

/** Ends the lease. True when no process is left, and none can come until Postgres has been stopped and started again. */
export async function leave({ client }: Lease): Promise<boolean> {
  await lock(client, 'pg_advisory_unlock_shared', USERS)
  return lock(client, 'pg_try_advisory_lock', USERS)
}
