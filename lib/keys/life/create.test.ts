import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { isKeyForm } from '@/lib/keys/format'
import { hashKey } from '@/lib/keys/hash'
import { createKey } from '@/lib/keys/life/create'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, hoursAway, keyInput, makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

describe('a creation', () => {
  test('gives a key that works, and keeps its hash only', async () => {
    const organization = await makeOrganization()
    const { ctx, user } = await makeMember(organization)
    const made = await createKey(
      ctx,
      keyInput({ name: ' CRM sync ', description: 'Nightly', scopes: ['contacts:read'] }),
    )
    expect(isKeyForm(made.key)).toBe(true)
    expect(made).toMatchObject({
      organization_id: organization.id,
      name: 'CRM sync',
      description: 'Nightly',
      status: 'active',
      scopes: ['contacts:read'],
      key_prefix: made.key.slice(0, 14),
      created_by: { id: user.id },
      last_used_at: null,
    })
    expect((await authenticate(made.key, null))?.refusal).toBeNull()
    const row = await prisma().apiKey.findUniqueOrThrow({ where: { id: made.id } })
    expect(Buffer.from(row.hash)).toEqual(Buffer.from(hashKey(made.key)))
    expect(Object.keys(made)).not.toContain('hash')
  })

  test('is audited with who, what and from where, and without the key', async () => {
    const { ctx, user } = await makeMember(await makeOrganization())
    const origin = { request_id: 'req-1', address: '203.0.113.9', user_agent: 'Firefox' }
    const made = await createKey({ ...ctx, origin }, keyInput({ scopes: ['contacts:read'] }))
    const entries = await auditOf(made.id)
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      ...origin,
      organization_id: made.organization_id,
      action: 'api_key.created',
      actor_kind: 'member',
      actor_id: user.id,
      actor_label: user.email,
      target_label: made.key_prefix,
      after: { name: 'Test key', scopes: ['contacts:read'], environment: 'live' },
    })
    expect(JSON.stringify(entries)).not.toContain(made.key.slice(14))
  })

  test('that fails leaves neither key nor audit entry', async () => {
    const organization = await makeOrganization()
    const { ctx } = await makeMember(organization)
    const wrong = [keyInput({ scopes: ['leads:nothing'] }), keyInput({ expires_at: hoursAway(-1).toISOString() })]
    for (const input of wrong) await expect(async () => createKey(ctx, input)).rejects.toThrow()
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(0)
    expect(await prisma().auditEntry.count({ where: { organization_id: organization.id } })).toBe(0)
  })

  test('keeps each scope once, in the order of the catalogue', async () => {
    const scopes = ['admin', 'contacts:write', 'contacts:read', 'contacts:write']
    expect((await makeKey(await makeOrganization(), { scopes })).scopes).toEqual([
      'contacts:read',
      'contacts:write',
      'admin',
    ])
  })

  test('refuses a scope that does not exist, naming it and its place', async () => {
    const { ctx } = await makeMember(await makeOrganization())
    await expect(async () =>
      createKey(ctx, keyInput({ scopes: ['contacts:read', 'leads:fly'] })),
    ).rejects.toMatchObject({
      code: 'invalid_scope',
      detail: expect.stringMatching(/^Invalid scope: leads:fly/),
      facts: { errors: [{ path: 'scopes.1', message: 'Invalid scope: leads:fly' }] },
    })
  })

  test('refuses many of them in one short sentence', async () => {
    const { ctx } = await makeMember(await makeOrganization())
    const scopes = Array.from({ length: 200 }, (_, index) => `${'x'.repeat(90)}:${index}`)
    await expect(async () => createKey(ctx, keyInput({ scopes }))).rejects.toMatchObject({
      detail: expect.stringMatching(/^Invalid scope: x{90}:0, .{0,20}…\. See/),
    })
  })
})

describe('what made a key is told where no person did:', () => {
  test('the CLI, a key, and nothing beside a person', async () => {
    const organization = await makeOrganization()
    const byOperator = await makeKey(organization, { scopes: ['admin'] })
    expect(byOperator).toMatchObject({ created_by: null, created_with: 'CLI' })
    const body = { name: 'by a key', scopes: [] }
    const byKey = await callApi('/api_keys', { method: 'POST', key: byOperator.key, body })
    expect(await byKey.json()).toMatchObject({ created_by: null, created_with: byOperator.key_prefix })
    const { ctx, user } = await makeMember(organization)
    expect(await createKey(ctx, keyInput())).toMatchObject({ created_by: { id: user.id }, created_with: null })
  })
})
