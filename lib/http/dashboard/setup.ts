import { Hono } from 'hono'
import type { DashboardEnvironment } from '@/lib/http/dashboard/environment'
import { json } from '@/lib/http/dashboard/input'
import { prisma } from '@/lib/kernel/db/client'
import { setupInput } from '@/lib/people/platform/contract'
import { requireSetupOpen, setUp } from '@/lib/people/platform/set-up'

/** `/setup`: the first run. Open without a session, until there is a platform admin; then there is no such path. */
export const setupRoutes = new Hono<DashboardEnvironment>()
  .use(async (_, next) => {
    await requireSetupOpen(prisma())
    await next()
  })
  .get('/', (c) => c.json({ open: true }))
  .post('/', json(setupInput), async (c) => {
    await setUp({ db: prisma(), origin: c.var.origin }, c.req.valid('json'))
    return c.body(null, 204)
  })
