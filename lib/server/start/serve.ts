import { createServer } from 'node:http'
import next from 'next'
import { env } from '@/lib/base/node/env'
import { watchProcess } from '@/lib/base/node/metrics'
import { runtime } from '@/lib/base/node/runtime'
import { api } from '@/lib/http/api/app'
import { removeLeftSpools } from '@/lib/http/body/spool'
import { dashboard } from '@/lib/http/dashboard/app'
import { publicForms } from '@/lib/http/forms/app'
import { leaks } from '@/lib/http/leaks/app'
import { noticeMails } from '@/lib/http/notices/app'
import { unsubscribing } from '@/lib/http/unsubscribe/app'
import { disconnect } from '@/lib/kernel/db/client'
import { flushMails } from '@/lib/kernel/mail/send-behind'
import { flushLastUses } from '@/lib/keys/authenticate/last-use'
import { flushPressures } from '@/lib/keys/authenticate/pressure'
import { flushUsage } from '@/lib/keys/usage/record'
import { markServed } from '@/lib/server/build/build'
import { dispatch } from '@/lib/server/listener/dispatch'
import { type HttpServer, portOf } from '@/lib/server/listener/http-server'
import type { Cleanups } from '@/lib/server/process/cleanups'
import { beginStop } from '@/lib/server/process/stopping'
import { withUnavailablePages } from '@/lib/server/start/unavailable-pages'
import { work } from '@/lib/server/start/work'

/** Beside more calls than this at the same time jobs give way. */
const FEW_CALLS = 3

type Options = {
  /** The folder of the built pages; null in development, where they are built as they are asked for. */
  build: string | null
  server: HttpServer
  cleanups: Cleanups
}

/** Puts the APIs and the pages on the listening server. */
export async function serveApplications({ build, server, cleanups }: Options) {
  const dev = build === null
  if (build) {
    await markServed(build)
    // biome-ignore lint/style/noProcessEnv: written for `next.config.mjs`, not read.
    Object.assign(process.env, { LATCHKEY_BUILD: build })
  }
  const pages = next({
    dev,
    dir: process.cwd(),
    port: portOf(server),
    // In development Next answers pages of its own host only.
    hostname: new URL(runtime().appUrl).hostname,
    // Next listens for upgrades on the server that it is given, and then every request that offers one (h2c, by Java's
    // client) ends unanswered. Only its development tools need any.
    httpServer: dev ? server : createServer(),
  })
  // Undone from the last to the first.
  cleanups.add(disconnect)
  cleanups.add(flushLastUses)
  cleanups.add(flushUsage)
  cleanups.add(flushPressures)
  cleanups.add(flushMails)
  cleanups.add(() => pages.close())
  const endWork = env.WORKER ? work(() => server.underWay > FEW_CALLS) : async () => {}
  cleanups.add(() => {
    beginStop()
    // A developer waits for the end, and has no other callers.
    return Promise.all([server.drain(dev ? { leaveWithinMs: 0 } : {}), endWork()])
  })
  await removeLeftSpools()
  watchProcess()
  await pages.prepare()
  const handlePage = withUnavailablePages(pages.getRequestHandler())
  const apis = { api, dashboard, leaks, notices: noticeMails, unsubscribing, forms: publicForms }
  server.serve(dispatch({ apis: dev ? null : apis, pages: handlePage }))
}
