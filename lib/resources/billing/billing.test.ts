import { expect, test } from 'vitest'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, hoursAway, makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

test('billing counts the keys in use, of both environments, and only those of the organisation', async () => {
  const organization = await makeOrganization({ plan: 'free', rate_limit: null })
  const { key } = await makeKey(organization, { scopes: ['admin'] })
  await makeKey(organization, { environment: 'test', expires_in_hours: 1 })
  await makeKey(await makeOrganization())
  const over = [
    { revoked_at: hoursAway(-1) },
    { expires_at: hoursAway(-1) },
    { rotated_at: hoursAway(-1), retires_at: hoursAway(-1) },
  ]
  for (const data of over) await alterKey((await makeKey(organization)).id, data)
  const inGrace = await makeKey(organization)
  await alterKey(inGrace.id, { rotated_at: hoursAway(-1), retires_at: hoursAway(1) })
  const response = await callApi('/billing', { key })
  const limits = { rate_limit: 60, keys: 20, attachment_bytes: 100_000_000 }
  expect(await response.json()).toEqual({ plan: 'free', limits, keys_in_use: 3 })
})

test('billing is closed to keys without admin', async () => {
  const { key } = await makeKey(await makeOrganization(), { scopes: ['read:all', 'write:all', 'settings:read'] })
  expect(await outcomeOf(await callApi('/billing', { key }))).toBe('insufficient_scope')
})
