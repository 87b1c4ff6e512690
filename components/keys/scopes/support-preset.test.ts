import { expect, test } from 'vitest'
import { presetScopes } from '@/components/keys/scopes/scope-matrix'
import { CATALOGUE } from '@/lib/resources/register'
import { callApi, callDashboard, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

/** Those of the document's example, in the catalogue's order. */
const SEVEN = [
  'tickets:read',
  'comments:read',
  'attachments:read',
  'customers:read',
  'dashboard:read',
  'users:read',
  'teams:read',
]

test.each([
  ['chosen one by one', SEVEN],
  ['of the preset “Support, read only”', presetScopes(CATALOGUE, 'support-read')],
])('a key with the seven scopes of a support desk, %s, is told them by /test', async (_, scopes) => {
  const organization = await makeOrganization()
  const cookie = await signInAs(await makeMember(organization))
  const body = { name: 'Test API key', environment: 'test', scopes, expires_in_hours: 24 }
  const made = await callDashboard(cookie, `/orgs/${organization.slug}/keys`, { method: 'POST', body })
  const { key, key_prefix, expires_at } = await made.json()
  const reply = await callApi('/test', { method: 'POST', key })
  expect(await reply.json()).toEqual({
    success: true,
    message: 'API key is valid and working correctly',
    key_name: 'Test API key',
    key_prefix,
    scopes: SEVEN,
    expires_at,
    organization_id: organization.id,
    authenticated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  })
})
