import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { policy } from '@/lib/keys/policy/contract'
import { limits, plan } from '@/lib/people/organizations/contract'

const settings = r.named('Settings', {
  organization: z.object({ id: id(), slug: z.string(), name: z.string() }),
  plan,
  developer_api: z.boolean().meta({ description: 'Whether keys of the organisation work; a platform admin sets it.' }),
  limits,
  policy: policy.meta({ description: 'What the organisation asks of its new keys.' }),
})

export const settingsContract = r.defineResource({
  name: 'settings',
  administration: true,
  description: 'The organisation, its plan, its limits and its policy; the same for live and test keys.',
  actions: { read: 'Read the settings of the organisation' },
  operations: {
    get: {
      method: 'get',
      path: '/settings',
      scope: 'settings:read',
      summary: 'Get the settings',
      reply: { status: 200, schema: settings, description: 'The settings of the organisation.' },
    },
  },
})
