import { env } from '@/lib/base/node/env'
import { setRuntime } from '@/lib/base/node/runtime'
import { ensureClient } from '@/lib/server/build/build'
import { explain } from '@/lib/server/database/explain-failure'
import { openDatabase } from '@/lib/server/database/open-database'
import { migrate } from '@/lib/server/migrations/migrate'
import { listenHost, publicOrigin } from '@/lib/server/process/address'
import { Cleanups } from '@/lib/server/process/cleanups'
import { failure } from '@/lib/server/process/report'
import { settleSession } from '@/lib/server/start/settle-session'

/**
 * Runs a command on the product's database: the embedded one is found by DATA_DIR where a server runs on it, else
 * started for the command. Domain modules are imported by `work`, since they need the generated client.
 */
export async function onDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  const cleanups = new Cleanups()
  const interrupted = () => void cleanups.run(failure).then(() => process.exit(1))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const { url: databaseUrl, owner, authSecret, embedded } = await openDatabase({ role: 'visitor' })
    if (embedded) cleanups.add(() => embedded.stop())
    await settleSession(databaseUrl)
    await migrate(owner.url, owner)
    await ensureClient({ signal: new AbortController().signal, progress: () => {} })
    const appUrl = publicOrigin(listenHost(embedded !== null), env.PORT)
    setRuntime({ databaseUrl, authSecret, appUrl, requireHttps: false })
    const { disconnect } = await import('@/lib/kernel/db/client')
    cleanups.add(disconnect)
    return await work()
  } catch (error) {
    throw explain(error)
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await cleanups.run(failure)
  }
}
