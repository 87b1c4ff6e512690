import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { deleteKey } from '@/lib/keys/life/delete'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { getKey } from '@/lib/keys/read/get'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, hoursAway, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

async function minted(resource = 'contacts') {
  const { ctx } = await makeMember(await makeOrganization())
  return { ctx, made: await mintPlaygroundKey(ctx, { resource }) }
}

const STAYS = { code: 'key_state', detail: expect.stringMatching(/^A docs playground key cannot be/) }

describe('a playground key stays as it was minted', () => {
  test('whoever edits it, and whatever of it', async () => {
    const { ctx, made } = await minted()
    for (const changes of [{ name: 'Mine' }, { scopes: ['admin'] }, { scopes: [] }, { rate_limit: 1 }, {}]) {
      for (const who of [ctx, operator(ctx.organization)]) {
        await expect(updateKey(who, { id: made.id, changes })).rejects.toMatchObject(STAYS)
      }
    }
    const { key: _, ...shown } = made
    expect(await getKey(ctx, { id: made.id })).toEqual(shown)
  })

  test('it is not rotated, so nothing follows it', async () => {
    const { ctx, made } = await minted()
    await expect(rotateKey(ctx, { id: made.id, grace_hours: 24, expires_in_hours: 8_760 })).rejects.toMatchObject(STAYS)
    expect(await prisma().apiKey.count({ where: { organization_id: ctx.organization.id } })).toBe(1)
  })

  test('it can be revoked, and then is for good', async () => {
    const { ctx, made } = await minted()
    await revokeKey(ctx, { id: made.id, leaked: false })
    await expect(reactivateKey(ctx, { id: made.id })).rejects.toMatchObject(STAYS)
    expect((await authenticate(made.key, null))?.refusal).toBe('revoked_key')
  })

  test('it can be deleted', async () => {
    const { ctx, made } = await minted()
    await deleteKey(ctx, { id: made.id })
    expect(await authenticate(made.key, null)).toBeNull()
  })

  test.each<[string, Prisma.ApiKeyUncheckedUpdateInput]>([
    ['lives longer', { expires_at: hoursAway(2) }],
    ['has no end', { expires_at: null }],
    ['acts on live data', { environment: 'live' }],
    ['makes keys', { scopes: ['contacts:read', 'admin'] }],
    ['reads everything', { scopes: ['read:all'] }],
    ['writes everything', { scopes: ['write:all'] }],
    ['has been rotated', { rotated_at: new Date(), retires_at: new Date() }],
  ])('the database itself refuses one that %s', async (_, data) => {
    const { made } = await minted()
    await expect(alterKey(made.id, data)).rejects.toThrow(/api_keys_playground/)
  })
})

describe('with a playground key', () => {
  test('nobody makes, sees or changes keys', async () => {
    const { ctx, made } = await minted('api_keys')
    const other = await makeKey(ctx.organization, { environment: 'test' })
    for (const [path, method, body] of [
      ['/api_keys', 'GET', undefined],
      ['/api_keys', 'POST', { name: 'x', scopes: [] }],
      [`/api_keys/${other.id}`, 'PATCH', { name: 'x' }],
      [`/api_keys/${made.id}/rotate`, 'POST', { grace_hours: 24 }],
      ['/users', 'GET', undefined],
      ['/billing', 'GET', undefined],
    ] as const) {
      expect(await outcomeOf(await callApi(path, { method, body, key: made.key })), path).toBe('insufficient_scope')
    }
  })

  test('a person sees the sandbox and never the live rows', async () => {
    const { ctx, made } = await minted()
    const live = await makeKey(ctx.organization, { scopes: ['contacts:write'] })
    await callApi('/contacts', { method: 'POST', body: { email: 'real@example.com' }, key: live.key })
    await callApi('/contacts', { method: 'POST', body: { email: 'tried@example.com' }, key: made.key })
    const { data } = await (await callApi('/contacts', { key: made.key })).json()
    expect(data).toMatchObject([{ email: 'tried@example.com' }])
  })

  test('its maker ends it, a Read-Only Admin too', async () => {
    const { ctx } = await makeMember(await makeOrganization(), 'read_only_admin')
    const { key, id } = await mintPlaygroundKey(ctx, { resource: 'contacts' })
    expect((await callApi('/me/revoke', { method: 'POST', key })).status).toBe(200)
    expect(await outcomeOf(await callApi('/contacts', { key }))).toBe('revoked_key')
    expect(await getKey(ctx, { id })).toMatchObject({ status: 'revoked' })
  })
})
