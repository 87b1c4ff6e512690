import { hc } from 'hono/client'
import type { DashboardApp } from '@/lib/http/dashboard/app'

/** A typed client of the dashboard's API. Pages on the server pass a `fetch` that calls it in the process. */
export const createDashboardClient = (origin: string, fetch?: typeof globalThis.fetch) =>
  hc<DashboardApp>(origin, fetch && { fetch }).api.dashboard

export type DashboardClient = ReturnType<typeof createDashboardClient>

/** The browser's: same origin, with the session's cookie. */
export const browserClient = createDashboardClient('/')
