import { Hono } from 'hono'
import { writeReply } from '@/lib/contracts/encode'
import type { OrganizationEnvironment } from '@/lib/http/dashboard/environment'
import { json } from '@/lib/http/dashboard/input'
import { policy, policyBreaches, policyInput } from '@/lib/keys/policy/contract'
import { getPolicy } from '@/lib/keys/policy/get'
import { listBreaches } from '@/lib/keys/policy/list-breaches'
import { updatePolicy } from '@/lib/keys/policy/update'

/** `/orgs/:org/policy`: what the organisation asks of its new keys. */
export const policyRoutes = new Hono<OrganizationEnvironment>()
  .get('/', async (c) => c.json(writeReply(policy, await getPolicy(c.var.member))))
  .put('/', json(policyInput), async (c) =>
    c.json(writeReply(policy, await updatePolicy(c.var.member, c.req.valid('json')))),
  )
  .get('/breaches', async (c) => c.json(writeReply(policyBreaches, await listBreaches(c.var.member))))
