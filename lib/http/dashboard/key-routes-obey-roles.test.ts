import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { CATALOGUE } from '@/lib/resources/register'
import { callDashboard, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp(role: Role) {
  const organization = await makeOrganization()
  return { organization, cookie: await signInAs(await makeMember(organization, role)) }
}

describe('a Read-Only Admin', () => {
  const create = async (cookie: string, slug: string, fields: object) =>
    callDashboard(cookie, `/orgs/${slug}/keys`, {
      method: 'POST',
      body: { name: 'New', environment: 'live', scopes: [], ...fields },
    })

  test('creates with reading scopes and no other', async () => {
    const { cookie, organization } = await setUp('read_only_admin')
    for (const { scope } of CATALOGUE.scopes) {
      const response = await create(cookie, organization.slug, { scopes: ['read:all', scope] })
      if (scope === 'read:all' || scope.endsWith(':read')) expect(response.status, scope).toBe(201)
      else {
        expect(await readProblem(response), scope).toMatchObject({
          status: 403,
          detail: expect.stringMatching(/^User cannot create keys with these scopes/),
        })
      }
    }
  })

  test('gets 72 hours, whatever is asked for', async () => {
    const { cookie, organization } = await setUp('read_only_admin')
    for (const asked of [{}, { expires_in_hours: 8_760 }, { expires_at: null }]) {
      const response = await create(cookie, organization.slug, { scopes: ['read:all'], ...asked })
      const made: { expires_at: string; created_at: string } = await response.json()
      expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(72 * HOUR_MS)
    }
  })
})

test('what a person may is told with the reason for what they may not', async () => {
  for (const [role, may] of [
    ['admin', [true, true, true]],
    ['read_only_admin', [true, true, false]],
    ['member', [false, false, false]],
  ] as const) {
    const { cookie, organization } = await setUp(role)
    const response = await callDashboard(cookie, `/orgs/${organization.slug}`)
    const told: { may: Record<string, { allowed: boolean; reason?: string }> } = await response.json()
    const { see_keys, create_keys, manage_keys } = told.may
    expect([see_keys, create_keys, manage_keys].map((one) => one?.allowed)).toEqual(may)
    for (const one of Object.values(told.may)) expect(one.allowed || (one.reason ?? '').length > 20).toBe(true)
  }
})
