import { expect, test } from 'vitest'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

test.each([
  [
    "the plan's limits",
    { plan: 'free' as const, rate_limit: null },
    { rate_limit: 60, keys: 20, attachment_bytes: 100_000_000 },
  ],
  [
    "the organisation's own limit",
    { plan: 'enterprise' as const, rate_limit: 7 },
    { rate_limit: 7, keys: 100_000, attachment_bytes: 1_000_000_000_000 },
  ],
])('the settings tell %s', async (_, fields, limits) => {
  const organization = await makeOrganization(fields)
  const { id, slug, name, plan } = organization
  for (const environment of ['live', 'test'] as const) {
    const { key } = await makeKey(organization, { scopes: ['settings:read'], environment })
    const response = await callApi('/settings', { key })
    expect(await response.json()).toEqual({
      organization: { id, slug, name },
      plan,
      developer_api: true,
      limits,
      policy: NO_POLICY,
    })
  }
})

test('the settings need their scope, which read:all and admin bring along', async () => {
  const organization = await makeOrganization()
  const reach = async (scopes: string[]) =>
    outcomeOf(await callApi('/settings', { key: (await makeKey(organization, { scopes })).key }))
  expect(await reach(['users:read', 'write:all'])).toBe('insufficient_scope')
  expect(await reach(['read:all'])).toBe(200)
  expect(await reach(['admin'])).toBe(200)
})
