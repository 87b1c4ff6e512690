import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import { defineResource } from '@/lib/contracts/rows/resource'
import { policy } from '@/lib/keys/policy/contract'
import { plan } from '@/lib/people/organizations/contract'

const settings = z
  .object({
    organization: z.object({ id: id(), slug: z.string(), name: z.string() }),
    plan,
    developer_api: z
      .boolean()
      .meta({ description: 'Whether keys of the organisation work; a platform admin sets it.' }),
    limits: z.object({
      rate_limit: z.int().meta({ description: 'Calls per key and minute.' }),
      keys: z.int().meta({ description: 'Keys in use.' }),
    }),
    policy: policy.meta({ description: 'What the organisation asks of its new keys.' }),
  })
  .meta({ id: 'Settings' })

export const settingsContract = defineResource({
  name: 'settings',
  administration: true,
  title: 'Settings',
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
