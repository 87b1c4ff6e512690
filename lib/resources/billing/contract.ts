import { z } from 'zod'
import * as r from '@/lib/contracts/rows/kit'
import { limits, plan } from '@/lib/people/organizations/contract'

const billing = r.named('Billing', {
  plan,
  limits,
  keys_in_use: z.int().meta({ description: 'Keys of both environments that are not revoked, rotated or expired.' }),
})

export const billingContract = r.defineResource({
  name: 'billing',
  administration: true,
  description: 'The plan of the organisation, and how much of it is used; the same for live and test keys.',
  actions: {},
  operations: {
    get: {
      method: 'get',
      path: '/billing',
      scope: 'admin',
      summary: 'Get the plan and its use',
      reply: { status: 200, schema: billing, description: 'The plan, its limits, and what is used of them.' },
    },
  },
})
