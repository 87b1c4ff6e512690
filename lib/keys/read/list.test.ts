import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { listKeysQuery } from '@/lib/keys/contract'
import { createKey } from '@/lib/keys/life/create'
import { getKey } from '@/lib/keys/read/get'
import { listKeys } from '@/lib/keys/read/list'
import { useTestDatabase } from '@/lib/testing/database'
import { keyInput, makeKey, makeMember, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

const query = (fields: Record<string, string> = {}) => listKeysQuery.parse(fields)

async function setUp(names: string[]) {
  const organization = await makeOrganization()
  const keys = []
  for (const name of names) keys.push(await makeKey(organization, { name }))
  const list = async (fields: Record<string, string> = {}) => listKeys(operator(organization), query(fields))
  const namesOf = async (fields: Record<string, string>) => (await list(fields)).data.map(({ name }) => name)
  return { organization, keys, list, namesOf }
}

describe('the list of keys', () => {
  test('shows the organisation’s keys, newest first, and no other’s', async () => {
    const { organization, namesOf, keys } = await setUp(['one', 'two', 'three'])
    await makeKey(await makeOrganization(), { name: 'foreign' })
    expect(await namesOf({})).toEqual(['three', 'two', 'one'])
    expect(keys.every((key) => key.organization_id === organization.id)).toBe(true)
  })

  test('never holds a key, its hash or its lineage', async () => {
    const { list, keys } = await setUp(['one'])
    const [shown] = (await list()).data
    for (const hidden of ['key', 'hash', 'lineage_id', 'long_lived']) expect(shown).not.toHaveProperty(hidden)
    expect(JSON.stringify(shown)).not.toContain(keys[0]?.key.slice(14))
  })

  test('pages through all of them, once each, also while keys come and go', async () => {
    const { organization, list } = await setUp(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await list({ limit: '2', ...(cursor && { cursor }) })
      seen.push(...page.data.map(({ name }) => name))
      expect(page.has_more).toBe(page.next_cursor !== null)
      cursor = page.next_cursor
      await makeKey(organization, { name: 'new' })
      await prisma().apiKey.deleteMany({ where: { organization_id: organization.id, name: seen.at(-1) } })
    } while (cursor)
    expect(seen).toEqual(['g', 'f', 'e', 'd', 'c', 'b', 'a'])
  })

  test('sorts by name or age, in both directions', async () => {
    const { namesOf } = await setUp(['b', 'c', 'a', 'b'])
    expect(await namesOf({ sort: 'name' })).toEqual(['a', 'b', 'b', 'c'])
    expect(await namesOf({ sort: '-name' })).toEqual(['c', 'b', 'b', 'a'])
    expect(await namesOf({ sort: 'created_at' })).toEqual(['b', 'c', 'a', 'b'])
  })

  test('searches part of a name in any case, or the start of a prefix, and takes % and _ literally', async () => {
    const { namesOf, keys } = await setUp([
      'CRM sync',
      '100% done',
      '100 done',
      'snake_case',
      'snakexcase',
      'back\\slash',
    ])
    expect(await namesOf({ q: 'crm' })).toEqual(['CRM sync'])
    expect(await namesOf({ q: '0%' })).toEqual(['100% done'])
    expect(await namesOf({ q: '_' })).toEqual(['snake_case'])
    expect(await namesOf({ q: 'back\\' })).toEqual(['back\\slash'])
    expect(await namesOf({ q: '%' })).toEqual(['100% done'])
    expect(await namesOf({ q: keys[0]?.key_prefix ?? '' })).toEqual(['CRM sync'])
    expect(await namesOf({ q: 'nothing like it' })).toEqual([])
  })

  test('gives its cursor to no other list: neither another filter, sort nor organisation', async () => {
    const { list } = await setUp(['a', 'b', 'c'])
    const { list: other } = await setUp(['x', 'y', 'z'])
    const cursor = (await list({ limit: '1' })).next_cursor ?? ''
    const refused = { code: 'invalid_cursor' }
    await expect(list({ limit: '2', cursor })).resolves.toBeDefined()
    await expect(other({ cursor })).rejects.toMatchObject(refused)
    const others: Record<string, string>[] = [
      { q: 'a' },
      { status: 'active' },
      { environment: 'live' },
      { sort: 'name' },
    ]
    for (const fields of others) {
      await expect(list({ ...fields, cursor })).rejects.toMatchObject(refused)
    }
    await expect(list({ cursor: 'made-up' })).rejects.toMatchObject(refused)
  })

  test('filters by environment', async () => {
    const { organization, namesOf } = await setUp(['live one'])
    await makeKey(organization, { name: 'test one', environment: 'test' })
    expect(await namesOf({ environment: 'test' })).toEqual(['test one'])
    expect(await namesOf({ environment: 'live' })).toEqual(['live one'])
  })
})

describe('one key', () => {
  test('shows who made it', async () => {
    const organization = await makeOrganization()
    const { ctx, user } = await makeMember(organization)
    const made = await createKey(ctx, keyInput())
    const { key: _, ...shown } = made
    expect(await getKey(ctx, { id: made.id })).toEqual(shown)
    expect(shown.created_by).toEqual({ id: user.id, name: user.name, email: user.email })
  })

  test('of another organisation is not there', async () => {
    const { keys } = await setUp(['a'])
    const other = operator(await makeOrganization())
    for (const id of [keys[0]?.id ?? '', unusedId()]) {
      await expect(getKey(other, { id })).rejects.toMatchObject({
        code: 'not_found',
        detail: 'There is no such API key.',
      })
    }
  })
})
