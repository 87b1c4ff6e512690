import { describe, expect, test } from 'vitest'
import { historyQuery } from '@/lib/kernel/audit/contract'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { keyHistory } from '@/lib/keys/read/history'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp() {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  return { organization, ...member, key: await makeKey(organization, { name: 'Zapier' }) }
}

describe('the history of a key', () => {
  const ask = (fields: Record<string, string> = {}) => historyQuery.parse(fields)

  test('tells who did what, newest first, with what changed and why', async () => {
    const { ctx, user, key } = await setUp()
    await updateKey(ctx, { id: key.id, changes: { name: 'Mine' } })
    await revokeKey(ctx, { id: key.id, reason: 'Lost.', leaked: false })
    const { data } = await keyHistory(ctx, { id: key.id, ...ask() })
    expect(data.map(({ action }) => action)).toEqual(['api_key.revoked', 'api_key.updated', 'api_key.created'])
    expect(data[0]).toMatchObject({ actor: { kind: 'member', label: user.email }, reason: 'Lost.' })
    expect(data[1]).toMatchObject({ before: { name: 'Zapier' }, after: { name: 'Mine' } })
    expect(data[2]).toMatchObject({ actor: { kind: 'operator' } })
  })

  test('has a rotation once, with either of its keys', async () => {
    const { ctx, key } = await setUp()
    const successor = await rotateKey(ctx, { id: key.id, grace_hours: 1 })
    await rotateKey(ctx, { id: successor.id, grace_hours: 1 })
    const of = async (id: string) =>
      (await keyHistory(ctx, { id, ...ask() })).data.map(({ action, target }) => [action, target.label])
    expect(await of(key.id)).toEqual([
      ['api_key.rotated', key.key_prefix],
      ['api_key.created', key.key_prefix],
    ])
    expect(await of(successor.id)).toEqual([
      ['api_key.rotated', successor.key_prefix],
      ['api_key.rotated', key.key_prefix],
    ])
  })

  test('is paged, and holds no other key’s', async () => {
    const { organization, ctx, key } = await setUp()
    await makeKey(organization)
    for (const name of ['a', 'b', 'c']) await updateKey(ctx, { id: key.id, changes: { name } })
    const first = await keyHistory(ctx, { id: key.id, ...ask({ limit: '3' }) })
    const second = await keyHistory(ctx, { id: key.id, ...ask({ limit: '3', cursor: first.next_cursor ?? '' }) })
    expect([...first.data, ...second.data].map(({ after }) => after?.name)).toEqual(['c', 'b', 'a', 'Zapier'])
  })

  test('is not told of another organisation’s key', async () => {
    const [{ ctx }, { key }] = [await setUp(), await setUp()]
    await expect(keyHistory(ctx, { id: key.id, ...ask() })).rejects.toMatchObject({ code: 'not_found' })
  })
})
