import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanEnvironment } from '@/lib/server/postgres/postmaster'
import { postgresAccount } from '@/lib/server/postgres/system-account'

/** PgBouncer, the pooler that stands before most Postgres servers, as Debian packages it. */

const PROGRAM = '/usr/sbin/pgbouncer'

/** @throws Error when it is not installed, and cannot be */
async function ensureInstalled(): Promise<string> {
  const isThere = () =>
    access(PROGRAM).then(
      () => true,
      () => false,
    )
  if (await isThere()) return PROGRAM
  try {
    const env = { ...cleanEnvironment, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' }
    const quiet = { stdio: 'ignore', env } as const
    execFileSync('apt-get', ['update'], quiet)
    execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'pgbouncer'], quiet)
  } catch {
    // Whatever went wrong, what is missing is told below.
  }
  if (await isThere()) return PROGRAM
  throw new Error(`${PROGRAM} is missing and could not be installed. As root: apt-get install pgbouncer.`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('A listening server has an address.')
  return address.port
}

const configuration = (target: URL, port: number, folder: string) => `
[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${folder}/users
pool_mode = transaction
default_pool_size = 8
max_client_conn = 200
`

export type PgBouncer = {
  /** The same database, by way of it. */
  url: string
  stop: () => Promise<void>
}

async function serving(child: ChildProcess): Promise<void> {
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      output += chunk
      if (output.includes('process up')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`PgBouncer ended:\n${output}`)))
  })
}

/** Starts it in transaction mode before the database at `url`, with at most eight connections of its own. */
export async function startPgBouncer(url: string): Promise<PgBouncer> {
  const program = await ensureInstalled()
  const account = postgresAccount()
  const target = new URL(url)
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-pgbouncer-'))
  const [ini, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'users')]
  await writeFile(ini, configuration(target, port, folder))
  await writeFile(users, `"${target.username}" "${decodeURIComponent(target.password)}"\n`, { mode: 0o600 })
  if (account) {
    await chmod(folder, 0o711)
    for (const file of [ini, users]) await chown(file, account.uid, account.gid)
  }
  // It refuses to run as root, as Postgres does.
  const child = spawn(program, [ini], { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  const exit = once(child, 'exit')
  const killed = () => void child.kill('SIGKILL')
  process.once('exit', killed)
  await serving(child)
  target.host = `127.0.0.1:${port}`
  return {
    url: target.href,
    async stop() {
      process.off('exit', killed)
      child.kill('SIGQUIT')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}
