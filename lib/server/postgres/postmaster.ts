import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SystemAccount } from '@/lib/server/postgres/system-account'
import { codeOf, StartError } from '@/lib/server/process/start-error'

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants

export type Cluster = { folder: string; native: string; account: SystemAccount | null }
export type Postmaster = { pid: number; port: number; ready: boolean }

/** Recovery after a crash included. */
const READY_WITHIN_MS = 120_000
/** How long a dead postmaster's lock file may name a pid that another process got since. */
const FOREIGN_PID_MS = 5_000
const MAX_LOG_BYTES = 10_000_000

export const dataFolder = (cluster: Cluster) => join(cluster.folder, 'data')
const pidFile = (cluster: Cluster) => join(dataFolder(cluster), 'postmaster.pid')
const logFile = (cluster: Cluster) => join(cluster.folder, 'log')

/** A program of Postgres gets nothing of our environment: a stray PGDATA or LC_ALL would change what it does. */
export const cleanEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' as const }

async function runsHere(pid: number, cluster: Cluster): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.split('\0').includes(dataFolder(cluster))
}

/** The postmaster that runs on the cluster, or null. */
async function findPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!(pid > 0) || !(await runsHere(pid, cluster))) return null
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (typeof address !== 'object' || !address) throw new Error('A listening server has an address.')
  return address.port
}

const settings = (port: number) => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
  unix_socket_directories: '',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // What callers sent stays out of the log, also when a statement fails.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  jit: 'off',
})

async function openLog(cluster: Cluster) {
  // The folder belongs to the user postgres: as root we must not follow a link laid there.
  const log = await open(logFile(cluster), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
  if ((await log.stat()).size > MAX_LOG_BYTES) await log.truncate(0)
  return log
}

async function spawnPostgres(cluster: Cluster, port: number): Promise<ChildProcess> {
  const log = await openLog(cluster)
  const options = Object.entries(settings(port)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = join(cluster.native, 'bin/postgres')
  const child = spawn(program, ['-D', dataFolder(cluster), ...options], {
    ...cluster.account,
    cwd: '/',
    // Its own session: Ctrl-C in the terminal must reach us alone, so that Postgres stops last.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: cleanEnvironment,
  })
  child.unref()
  try {
    await new Promise<void>((started, fail) => child.once('spawn', started).once('error', fail))
  } catch (error) {
    throw new StartError(`${program} cannot be run (${codeOf(error)}). Install anew (npm ci), or set DATABASE_URL.`)
  } finally {
    await log.close()
  }
  return child
}

/** Why Postgres did not start: the last words of its log. */
async function lastWords(cluster: Cluster): Promise<string> {
  const lines = (await readFile(logFile(cluster), 'utf8').catch(() => '')).trim().split('\n')
  const fatal = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? ''
  return fatal.replace(/^.*?(FATAL|PANIC):\s*/, '')
}

/**
 * The running postmaster of the cluster, started if there is none. An orphan of a killed process is adopted; a start
 * that fails is tried again, since after a crash the dead postmaster's children hold on for a moment.
 * @param port fixed when connections to it are already out
 */
export async function ensurePostmaster(cluster: Cluster, port?: number): Promise<Postmaster> {
  const began = Date.now()
  let child: ChildProcess | null = null
  let failures = 0
  while (Date.now() - began < READY_WITHIN_MS) {
    const running = await findPostmaster(cluster)
    if (running?.ready) return running
    if (child && child.exitCode === null && child.signalCode === null) {
      await sleep(10)
      continue
    }
    if (running) {
      await sleep(50)
      continue
    }
    if (child) {
      failures += 1
      if (failures > 40) break
      await sleep(250)
      if (Date.now() - began > FOREIGN_PID_MS) await rm(pidFile(cluster), { force: true })
    }
    child = await spawnPostgres(cluster, port ?? (await freePort()))
  }
  throw new StartError(
    `The embedded Postgres did not start: ${await lastWords(cluster)}. Mend that; ${logFile(cluster)} tells more.`,
  )
}

/** Ends the postmaster's sessions and stops it; returns when it is gone. */
export async function stopPostmaster(cluster: Cluster) {
  const running = await findPostmaster(cluster)
  if (!running) return
  process.kill(running.pid, 'SIGINT')
  for (let waited = 0; waited < 30_000; waited += 10) {
    const now = await findPostmaster(cluster)
    if (now?.pid !== running.pid) return
    await sleep(10)
  }
  throw new Error(`The embedded Postgres (pid ${running.pid}) did not stop.`)
}
