import { Hono } from 'hono'
import type { DashboardEnvironment } from '@/lib/http/dashboard/environment'
import { json } from '@/lib/http/dashboard/input'
import { prisma } from '@/lib/kernel/db/client'
import { redeemResetInput, requestResetInput } from '@/lib/people/password-resets/contract'
import { redeemReset } from '@/lib/people/password-resets/redeem'
import { requestReset } from '@/lib/people/password-resets/request'

/** `/password-resets`: for who cannot sign in, so no session is asked for. */
export const passwordResetRoutes = new Hono<DashboardEnvironment>()
  .post('/', json(requestResetInput), async (c) => {
    await requestReset({ db: prisma(), origin: c.var.origin }, c.req.valid('json'))
    return c.body(null, 202)
  })
  .post('/redeem', json(redeemResetInput), async (c) => {
    await redeemReset({ db: prisma(), origin: c.var.origin }, c.req.valid('json'))
    return c.body(null, 204)
  })
