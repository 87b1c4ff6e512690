import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { updateKeyInput } from '@/lib/keys/contract'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { updateKey } from '@/lib/keys/life/update'
import { getKey } from '@/lib/keys/read/get'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeKey, makeMember, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp(fields: Parameters<typeof makeKey>[1] = {}) {
  const organization = await makeOrganization()
  return { organization, ctx: operator(organization), key: await makeKey(organization, fields) }
}

describe('an edit', () => {
  test('changes what it names and leaves the rest', async () => {
    const { ctx, key } = await setUp({ description: 'Before', scopes: ['contacts:read'], rate_limit: 9 })
    const after = await updateKey(ctx, { id: key.id, changes: { name: 'After', description: null } })
    expect(after).toMatchObject({ name: 'After', description: null, scopes: ['contacts:read'], rate_limit: 9 })
    expect(after.created_at).toEqual(key.created_at)
  })

  test('of scopes, allowlist and limit holds from the next call on', async () => {
    const { ctx, key } = await setUp({ scopes: ['contacts:read'] })
    const changes = { scopes: ['contacts:write'], allowed_ips: ['203.0.113.0/24'], rate_limit: 5 }
    await updateKey(ctx, { id: key.id, changes })
    expect((await authenticate(key.key, '198.51.100.1'))?.refusal).toBe('ip_not_allowed')
    expect(await authenticate(key.key, '203.0.113.1')).toMatchObject({ refusal: null, actor: changes })
  })

  test('to an empty list of scopes takes every scope away', async () => {
    const { ctx, key } = await setUp({ scopes: ['admin'] })
    expect((await updateKey(ctx, { id: key.id, changes: { scopes: [] } })).scopes).toEqual([])
    expect((await authenticate(key.key, null))?.actor.scopes).toEqual([])
  })

  test('refuses scopes that do not exist, and changes nothing', async () => {
    const { ctx, key } = await setUp({ scopes: ['contacts:read'] })
    const changes = { name: 'Changed', scopes: ['leads:fly'] }
    await expect(async () => updateKey(ctx, { id: key.id, changes })).rejects.toMatchObject({ code: 'invalid_scope' })
    expect(await getKey(ctx, { id: key.id })).toMatchObject({ name: 'Test key', scopes: ['contacts:read'] })
  })

  test('does not bring a revoked key back', async () => {
    const { ctx, key } = await setUp()
    await revokeKey(ctx, { id: key.id, leaked: false })
    expect((await updateKey(ctx, { id: key.id, changes: { name: 'Changed' } })).status).toBe('revoked')
    expect((await authenticate(key.key, null))?.refusal).toBe('revoked_key')
  })

  test('is audited with what was and what is', async () => {
    const { organization, key } = await setUp({ scopes: ['contacts:read'] })
    const { ctx, user } = await makeMember(organization)
    await updateKey(ctx, { id: key.id, changes: { scopes: ['admin'] } })
    expect((await auditOf(key.id)).at(-1)).toMatchObject({
      action: 'api_key.updated',
      actor_id: user.id,
      before: { name: 'Test key', scopes: ['contacts:read'] },
      after: { name: 'Test key', scopes: ['admin'] },
    })
  })

  test('of another organisation’s key finds nothing and changes nothing', async () => {
    const { key } = await setUp()
    const other = operator(await makeOrganization())
    for (const id of [key.id, unusedId()]) {
      await expect(updateKey(other, { id, changes: { name: 'Stolen' } })).rejects.toMatchObject({ code: 'not_found' })
    }
    expect((await prisma().apiKey.findUniqueOrThrow({ where: { id: key.id } })).name).toBe('Test key')
  })

  test.each([
    'environment',
    'expires_at',
    'expires_in_hours',
    'id',
    'organization_id',
    'created_by',
    'created_at',
    'updated_at',
    'hash',
    'key',
    'key_prefix',
    'lineage_id',
    'leaked',
    'revoked_at',
    'revoked_reason',
    'rotated_at',
    'retires_at',
    'successor_id',
    'last_used_at',
    'status',
    'last_use',
    'creator',
  ])('has no field %s', (field) => {
    expect(updateKeyInput.safeParse({ [field]: null }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: [field] },
    ])
  })
})
