import { setFlagsFromString } from 'node:v8'
import { env } from '@/lib/base/node/env'
import { runtime, setRuntime } from '@/lib/base/node/runtime'
import { SECOND_MS } from '@/lib/base/time'
import { ensureClient, ensurePages } from '@/lib/server/build/build'
import { explain } from '@/lib/server/database/explain-failure'
import { type OpenDatabase, openDatabase } from '@/lib/server/database/open-database'
import { type HttpServer, listen, portOf } from '@/lib/server/listener/http-server'
import { refuse } from '@/lib/server/listener/refuse'
import { migrate } from '@/lib/server/migrations/migrate'
import type { LeaseRole } from '@/lib/server/postgres/lease'
import { listenHost, listeningOn, needsHttps, publicOrigin } from '@/lib/server/process/address'
import { Cleanups } from '@/lib/server/process/cleanups'
import { keepOutput } from '@/lib/server/process/keep-output'
import { failure, heading, note, reportStep } from '@/lib/server/process/report'
import { requirePublicKeys } from '@/lib/server/start/require-public-keys'
import { settleSession } from '@/lib/server/start/settle-session'

type Stop = (code: number) => void

/** Ctrl-C under npm comes twice: from the terminal, and from npm. Only a later one is a second wish. */
const SECOND_SIGNAL_MS = 1_000

/** A busy process would let garbage grow to three times what lives, which looks like a leak; by this it is as much again. */
const COLLECT_SOONER = '--heap-growing-percent=100'

type Options = {
  dev: boolean
  /** Only carries out jobs: no port, no pages. */
  worker_alone: boolean
}

/** Starts everything, one line per step, and serves until a signal comes. Returns when it serves, or has failed. */
export async function start({ dev, worker_alone }: Options): Promise<void> {
  if (!dev) setFlagsFromString(COLLECT_SOONER)
  const cleanups = new Cleanups()
  const aborting = new AbortController()
  let starting: Promise<void> = Promise.resolve()
  let stoppingSince: number | null = null

  async function stop(code: number) {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > SECOND_SIGNAL_MS) process.exit(1)
      return
    }
    stoppingSince = performance.now()
    aborting.abort()
    // The step that runs ends first: what it began must be undone too.
    await starting.catch(() => {})
    await cleanups.run(failure)
    process.exit(code)
  }
  const onSignal = (signal: string) => {
    if (!aborting.signal.aborted) note('stopping', `on ${signal}`)
    void stop(0)
  }
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal)
  // Nobody reads our output any more: no reason to stop serving, and reporting it would fail again, for ever.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {})

  heading(worker_alone ? 'Latchkey, the worker' : dev ? 'Latchkey, in development' : 'Latchkey')
  const run = { cleanups, signal: aborting.signal, stop }
  starting = worker_alone ? serveJobs(run) : serve({ dev, ...run })
  try {
    await starting
  } catch (error) {
    if (aborting.signal.aborted) return
    failure(explain(error))
    void stop(1)
  }
}

type Run = { cleanups: Cleanups; signal: AbortSignal; stop: Stop }

const bringUpToDate = (database: OpenDatabase) =>
  reportStep('migrations', async (progress) => {
    await settleSession(database.url)
    const applied = await migrate(database.owner.url, { ...database.owner, progress })
    return { text: applied.length === 0 ? 'current' : `${applied.length} applied`, result: undefined }
  })

/** The worker alone: beside processes that serve, on the same database. */
async function serveJobs({ cleanups, signal, stop }: Run) {
  const database = await open('visitor', cleanups, stop)
  signal.throwIfAborted()
  await bringUpToDate(database)
  await ensureClient({ signal, progress: () => {} })
  signal.throwIfAborted()
  const host = listenHost(database.embedded !== null)
  const { url: databaseUrl, authSecret } = database
  setRuntime({ databaseUrl, authSecret, appUrl: publicOrigin(host, env.PORT), requireHttps: needsHttps(host) })
  const { work } = await import('@/lib/server/start/work')
  const { disconnect } = await import('@/lib/kernel/db/client')
  cleanups.add(disconnect)
  cleanups.add(work())
  note('ready', 'carries out jobs')
  keepOutput()
}

async function serve({ dev, cleanups, signal, stop }: Run & { dev: boolean }) {
  const began = performance.now()
  await requirePublicKeys()
  const database = await open('server', cleanups, stop)
  signal.throwIfAborted()
  await bringUpToDate(database)
  signal.throwIfAborted()
  const server = await claimPort(database)
  const build = await reportStep('build', async (progress) => {
    const client = await ensureClient({ signal, progress })
    const pages = dev ? null : await ensurePages({ signal, progress })
    return { text: client.made || pages?.made ? 'made' : 'current', result: pages?.folder ?? null }
  })
  signal.throwIfAborted()
  // From here on modules are loaded that need the generated client.
  const { serveApplications } = await import('@/lib/server/start/serve')
  const { prepareDemo } = await import('@/lib/server/demo/prepare')
  const { announceSetup } = await import('@/lib/server/start/announce-setup')
  const demo = database.embedded && (await prepareDemo(database.embedded.folder))
  await serveApplications({ build, server, cleanups })
  signal.throwIfAborted()
  const seconds = ((performance.now() - began) / SECOND_MS).toFixed(2)
  const { appUrl } = runtime()
  const own = listeningOn(server, appUrl)
  note('ready', `${appUrl}  (${own ? `listening on ${own}, ` : ''}${seconds} s in all)`)
  if (demo) signIns(demo)
  await announceSetup()
  if (!dev) keepOutput()
}

function signIns({ accounts, password }: { accounts: { email: string; role: string }[]; password: string }) {
  heading(`Demo sign-ins, all with the password ${password}`)
  for (const { email, role } of accounts) note('', `${email.padEnd(24)}${role}`)
}

function open(role: LeaseRole, cleanups: Cleanups, stop: Stop): Promise<OpenDatabase> {
  return reportStep('database', async () => {
    const database = await openDatabase({
      role,
      onEvent: (event) => {
        if (event.kind === 'lost') note('database', 'went away; starting it again')
        if (event.kind === 'back') note('database', 'is back')
        if (event.kind === 'gone') {
          failure(explain(event.error))
          stop(1)
        }
      },
    })
    const { embedded, url, version } = database
    if (embedded) cleanups.add(() => embedded.stop())
    const text = embedded ? `embedded Postgres ${version} in ${env.DATA_DIR}` : `Postgres ${version} on ${placeOf(url)}`
    return { text, result: database }
  })
}

/** An address without its password and its options. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

/** Before the long build, so that a taken port is known at once. Until all is ready it answers 503. */
async function claimPort(database: OpenDatabase): Promise<HttpServer> {
  const host = listenHost(database.embedded !== null)
  const server = await listen(
    (_, response) => void refuse(response, 'unavailable', 'Latchkey is starting.', { retry_after: 5 }),
    host,
    env.PORT,
  )
  const { url: databaseUrl, authSecret } = database
  const appUrl = publicOrigin(host, portOf(server))
  const requireHttps = needsHttps(host)
  setRuntime({ databaseUrl, authSecret, appUrl, requireHttps })
  if (requireHttps && !appUrl.startsWith('https:')) {
    note('warning', 'HTTPS is required, but APP_URL is not https: pages are refused.')
    note('', 'Set APP_URL=https://…, or REQUIRE_HTTPS=false.')
  }
  return server
}
