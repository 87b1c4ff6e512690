import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openDataFolder, rolePassword } from '@/lib/server/postgres/data-folder'
import { initialize, SUPERUSER } from '@/lib/server/postgres/initialize'
import { Held, type Lease, type LeaseRole, leave, takeLease, whileAlone } from '@/lib/server/postgres/lease'
import { nativeFolder } from '@/lib/server/postgres/native-folder'
import { type Cluster, ensurePostmaster, type Postmaster, stopPostmaster } from '@/lib/server/postgres/postmaster'
import { codeOf, StartError } from '@/lib/server/process/start-error'

const APPLICATION = 'latchkey'
const LEASE_WITHIN_MS = 30_000

export type EmbeddedPostgres = {
  /** For the application: the role owns its database and nothing else. */
  url: string
  /** For the superuser: tests and scripts make databases with it. */
  adminUrl: string
  pid: number
  /** DATA_DIR, where the process keeps its secrets. */
  folder: string
  /** Ends this process's use, and stops Postgres unless another process still uses it. */
  stop: () => Promise<void>
}

type Options = {
  dataDir: string
  /** A `server` is alone on its DATA_DIR and restarts a Postgres that dies; a `visitor` comes for one call. */
  role: LeaseRole
  /** Told when Postgres died, was restarted, or could not be. */
  onEvent?: (event: { kind: 'lost' | 'back' } | { kind: 'gone'; error: unknown }) => void
}

type Passwords = { superuser: string; application: string }

const address = (role: string, password: string, port: number, database: string) =>
  `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`

/** Until a lease is held: a Postgres that another process is just stopping is started again. */
async function startAndLease(cluster: Cluster, role: LeaseRole, password: string, port?: number) {
  for (const began = Date.now(); Date.now() - began < LEASE_WITHIN_MS; await sleep(50)) {
    const postmaster = await ensurePostmaster(cluster, port)
    const lease = await takeLease(address(SUPERUSER, password, postmaster.port, 'postgres'), role)
    if (lease) return { postmaster, lease }
  }
  throw new StartError('The embedded Postgres is being stopped by another process and does not end.')
}

function explain(error: unknown, dataDir: string): unknown {
  if (error instanceof Held) {
    return new StartError(
      `Latchkey already runs on DATA_DIR ${dataDir}${error.pid ? `, as process ${error.pid}` : ''}. ` +
        'Stop it first, or set DATA_DIR to another folder.',
    )
  }
  if (codeOf(error) === '28P01') {
    return new StartError(`${dataDir}/postgres-secret does not belong to the database beside it. Restore that file.`)
  }
  return error
}

/** The application's role and database; made once. Lower than the superuser, so a hole in the product stays in it. */
async function setUp(lease: Lease, password: string) {
  const { rowCount } = await lease.client.query('SELECT FROM pg_database WHERE datname = $1', [APPLICATION])
  if (rowCount) return
  await lease.client.query(`DROP ROLE IF EXISTS ${APPLICATION}`)
  await lease.client.query(`CREATE ROLE ${APPLICATION} LOGIN PASSWORD ${pg.escapeLiteral(password)}`)
  await lease.client.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`)
}

/**
 * The embedded Postgres of a DATA_DIR: made on first use, adopted when one still runs there, else started.
 * @throws StartError when another server holds it, or it cannot be run here
 */
export async function startEmbeddedPostgres({ dataDir, role, onEvent }: Options): Promise<EmbeddedPostgres> {
  const data = await openDataFolder(dataDir)
  const native = await nativeFolder(data.account, data.copies)
  const cluster: Cluster = { folder: data.cluster, native, account: data.account }
  const passwords: Passwords = {
    superuser: await rolePassword(data.folder, SUPERUSER),
    application: await rolePassword(data.folder, APPLICATION),
  }
  await initialize(cluster, passwords.superuser)
  try {
    const { postmaster, lease } = await startAndLease(cluster, role, passwords.superuser)
    await whileAlone(lease, () => setUp(lease, passwords.application))
    return watch({ folder: data.folder, cluster, passwords, role, onEvent }, postmaster, lease)
  } catch (error) {
    throw explain(error, data.folder)
  }
}

type Watched = { folder: string; cluster: Cluster; passwords: Passwords; role: LeaseRole; onEvent: Options['onEvent'] }

function watch(
  { folder, cluster, passwords, role, onEvent }: Watched,
  { pid, port }: Postmaster,
  first: Lease,
): EmbeddedPostgres {
  let lease = first
  let stopping = false
  let recovering: Promise<void> = Promise.resolve()

  async function recover() {
    onEvent?.({ kind: 'lost' })
    try {
      // Connections of the pool name the port, so it stays.
      lease = (await startAndLease(cluster, role, passwords.superuser, port)).lease
      onEvent?.({ kind: 'back' })
      guard()
    } catch (error) {
      if (!stopping) onEvent?.({ kind: 'gone', error })
    }
  }
  function guard() {
    void lease.ended.then(() => {
      if (!stopping && role === 'server') recovering = recover()
    })
  }
  guard()

  return {
    url: address(APPLICATION, passwords.application, port, APPLICATION),
    adminUrl: address(SUPERUSER, passwords.superuser, port, 'postgres'),
    pid,
    folder,
    async stop() {
      stopping = true
      await recovering
      const last = await leave(lease).catch(() => true)
      if (last) await stopPostmaster(cluster)
      await lease.client.end().catch(() => {})
    },
  }
}
