import { describe, expect, test } from 'vitest'
import { historyQuery } from '@/lib/kernel/audit/contract'
import { updateKey } from '@/lib/keys/life/update'
import { getKey } from '@/lib/keys/read/get'
import { keyHistory } from '@/lib/keys/read/history'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp() {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const key = await makeKey(organization, {
    name: 'Zapier',
    scopes: ['tasks:read', 'contacts:read'],
    allowed_ips: ['203.0.113.0/24', '198.51.100.1'],
  })
  return { organization, ...member, key }
}

describe('an edit', () => {
  test('is refused when somebody has changed the field since it was seen, and changes nothing', async () => {
    const { ctx, key } = await setUp()
    await updateKey(ctx, { id: key.id, changes: { name: 'Theirs', scopes: ['contacts:write'] } })
    const mine = { name: 'Mine', description: 'Of mine' }
    const stale = updateKey(ctx, { id: key.id, changes: mine, seen: { name: 'Zapier', description: null } })
    await expect(stale).rejects.toMatchObject({ code: 'key_changed', facts: { errors: [{ path: 'name' }] } })
    expect(await getKey(ctx, { id: key.id })).toMatchObject({ name: 'Theirs', description: null })
  })

  test('is made when only other fields have changed', async () => {
    const { ctx, key } = await setUp()
    await updateKey(ctx, { id: key.id, changes: { scopes: [], rate_limit: 5 } })
    await updateKey(ctx, { id: key.id, changes: { name: 'Mine' }, seen: { name: 'Zapier' } })
    expect(await getKey(ctx, { id: key.id })).toMatchObject({ name: 'Mine', scopes: [], rate_limit: 5 })
  })

  test('sees the same scopes and addresses in any order', async () => {
    const { ctx, key } = await setUp()
    const seen = {
      scopes: key.scopes.toReversed(),
      allowed_ips: key.allowed_ips.toReversed(),
      rate_limit: null,
      description: null,
    }
    const changes = { name: 'Mine' }
    await expect(updateKey(ctx, { id: key.id, changes, seen })).resolves.toMatchObject(changes)
    for (const other of [{ scopes: ['tasks:read'] }, { allowed_ips: [] }, { rate_limit: 1 }]) {
      await expect(updateKey(ctx, { id: key.id, changes, seen: other })).rejects.toMatchObject({ code: 'key_changed' })
    }
  })

  test('that changes nothing is not told in the history', async () => {
    const { ctx, key } = await setUp()
    await updateKey(ctx, { id: key.id, changes: {} })
    await updateKey(ctx, { id: key.id, changes: { name: key.name } })
    expect((await keyHistory(ctx, { id: key.id, ...historyQuery.parse({}) })).data).toHaveLength(1)
  })

  test('of two at once that saw the same is made once', async () => {
    const { ctx, key } = await setUp()
    const edits = ['One', 'Two', 'Three'].map((name) =>
      updateKey(ctx, { id: key.id, changes: { name }, seen: { name: 'Zapier' } }),
    )
    const results = await Promise.allSettled(edits)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
