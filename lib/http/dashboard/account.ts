import { Hono } from 'hono'
import { writeReply } from '@/lib/contracts/encode'
import type { DashboardEnvironment } from '@/lib/http/dashboard/environment'
import { json, pathId } from '@/lib/http/dashboard/input'
import { prisma } from '@/lib/kernel/db/client'
import { changePassword } from '@/lib/people/account/change-password'
import { type AccountContext, accountContext } from '@/lib/people/account/context'
import {
  account,
  accountSessions,
  changePasswordInput,
  endedSessions,
  proveInput,
  renameInput,
} from '@/lib/people/account/contract'
import { endOtherSessions } from '@/lib/people/account/end-other-sessions'
import { endSession } from '@/lib/people/account/end-session'
import { getAccount } from '@/lib/people/account/get'
import { listSessions } from '@/lib/people/account/list-sessions'
import { prove } from '@/lib/people/account/prove'
import { rename } from '@/lib/people/account/rename'

const own = ({ session, origin }: DashboardEnvironment['Variables']): AccountContext =>
  accountContext(prisma(), session, origin)

/** `/account`: the signed-in person's own name, password and sessions. */
export const accountRoutes = new Hono<DashboardEnvironment>()
  .get('/', async (c) => c.json(writeReply(account, await getAccount(own(c.var)))))
  .patch('/', json(renameInput), async (c) =>
    c.json(writeReply(account, await rename(own(c.var), c.req.valid('json')))),
  )
  .post('/password', json(changePasswordInput), async (c) => {
    await changePassword(own(c.var), c.req.valid('json'))
    return c.body(null, 204)
  })
  .post('/proof', json(proveInput), async (c) => {
    await prove(own(c.var), c.req.valid('json'))
    return c.body(null, 204)
  })
  .get('/sessions', async (c) => c.json(writeReply(accountSessions, { data: await listSessions(own(c.var)) })))
  .post('/sessions/end-others', async (c) => c.json(writeReply(endedSessions, await endOtherSessions(own(c.var)))))
  .delete('/sessions/:id', async (c) => {
    await endSession(own(c.var), pathId(c.req.param('id'), 'session'))
    return c.body(null, 204)
  })
