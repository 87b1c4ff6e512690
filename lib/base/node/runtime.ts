import { env, publishToNextAuth } from '@/lib/base/node/env'

/**
 * What is known only once the process has started: the embedded database's address, the secret that was made for it,
 * the port. `server.ts` and the CLI set it; everything else reads it.
 */
export type Runtime = {
  databaseUrl: string
  /** Signs sessions and cursors; shared by all processes on one database. */
  authSecret: string
  /** Public origin, without a trailing slash. */
  appUrl: string
  requireHttps: boolean
}

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyRuntime: Runtime | undefined
}

export function setRuntime(runtime: Runtime) {
  globalThis.latchkeyRuntime = runtime
  publishToNextAuth(runtime)
}

/**
 * @throws Error before `setRuntime`, unless the environment names everything (a host that runs Next without `server.ts`)
 */
export function runtime(): Runtime {
  if (globalThis.latchkeyRuntime) return globalThis.latchkeyRuntime
  const { DATABASE_URL, AUTH_SECRET, APP_URL } = env
  if (!DATABASE_URL || !AUTH_SECRET || !APP_URL) {
    throw new Error('Without server.ts, DATABASE_URL, AUTH_SECRET and APP_URL must be set.')
  }
  setRuntime({
    databaseUrl: DATABASE_URL,
    authSecret: AUTH_SECRET,
    appUrl: new URL(APP_URL).origin,
    requireHttps: env.REQUIRE_HTTPS ?? true,
  })
  return runtime()
}
