import { route } from '@/lib/http/dashboard/route'
import { policy, policyBreaches, policyInput } from '@/lib/keys/policy/contract'
import { getPolicy } from '@/lib/keys/policy/get'
import { listBreaches } from '@/lib/keys/policy/list-breaches'
import { updatePolicy } from '@/lib/keys/policy/update'

const POLICY = '/orgs/:org/policy'

/** `/orgs/:org/policy`: what the organisation asks of its new keys. */
export const policyRoutes = [
  route({ method: 'get', path: POLICY, role: 'see_policy', reply: { status: 200, schema: policy } }, (ctx) =>
    getPolicy(ctx),
  ),
  route(
    {
      method: 'put',
      path: POLICY,
      role: 'manage_policy',
      proof: 'to_widen',
      body: policyInput,
      reply: { status: 200, schema: policy },
    },
    (ctx, { body }) => updatePolicy(ctx, body),
  ),
  route(
    { method: 'get', path: `${POLICY}/breaches`, role: 'see_keys', reply: { status: 200, schema: policyBreaches } },
    (ctx) => listBreaches(ctx),
  ),
]
