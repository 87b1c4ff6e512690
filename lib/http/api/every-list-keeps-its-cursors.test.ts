import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { OPERATIONS, pathOfRow, rowsOf, sampleCall } from '@/lib/testing/operations'

useTestDatabase()
useMailSettings()

const LISTS = OPERATIONS.filter(
  ({ operation: { method, params, query } }) =>
    method === 'get' && !params && query instanceof z.ZodObject && 'cursor' in query.shape,
)

/** Of one organisation, of its sandbox, and of another organisation, each with every scope. */
const keys = { ours: '', sandbox: '', theirs: '' }

const listed = z.object({ data: z.tuple([z.object({ id: z.string() })], z.object({ id: z.string() })) })

/** What the second of two rows refers to: the oldest of a list, where the first refers to the newest. */
const oldestOf = (key: string) => async (collection: string) =>
  listed.parse(await (await callApi(collection, { key })).json()).data.at(-1)?.id ?? ''

/** Two rows of every list that has a POST; the rest, such as activities, comes with them. */
async function makeTwoOfEach(key: string) {
  const paths = new Set(LISTS.map(({ operation }) => operation.path))
  const creations = OPERATIONS.filter(
    ({ operation: { method, path, makes = path } }) => method === 'post' && paths.has(makes),
  )
  for (const { operation, resource } of creations) {
    const call = await sampleCall(operation, rowsOf(key))
    const second = await sampleCall(operation, oldestOf(key))
    const other = JSON.parse(JSON.stringify(second.body ?? {}).replaceAll('example.com', 'example.org'))
    for (const { columns } of (resource.rows ?? []).flatMap(({ unique = [] }) => unique)) {
      const last = columns.at(-1) ?? ''
      if (columns.every((column) => other[column] === Object(call.body)[column])) other[last] += '-2'
    }
    const path = await pathOfRow(operation, key)
    for (const body of [call.body, other]) await callApi(path, { ...call, body, key })
  }
}

beforeAll(async () => {
  const [ours, theirs] = [await makeOrganization(), await makeOrganization()]
  for (const organization of [ours, ours, theirs]) await makeMember(organization)
  const scopes = ['admin']
  keys.ours = (await makeKey(ours, { scopes })).key
  keys.sandbox = (await makeKey(ours, { scopes, environment: 'test' })).key
  keys.theirs = (await makeKey(theirs, { scopes })).key
  await makeTwoOfEach(keys.ours)
})

const page = z.object({ next_cursor: z.string() })

/** A cursor of our list, for the page after its first row. */
const cursorOf = async (path: string) =>
  page.parse(await (await callApi(`${path}?limit=1`, { key: keys.ours })).json()).next_cursor

const take = async (path: string, cursor: string, key: string) =>
  outcomeOf(await callApi(`${path}?limit=1&cursor=${cursor}`, { key }))

describe.each(LISTS)('a cursor of $title', ({ operation: { path }, resource }) => {
  test('opens its list, for the key that was given it', async () => {
    expect(await take(path, await cursorOf(path), keys.ours)).toBe(200)
  })

  test('opens nothing for another organisation', async () => {
    expect(await take(path, await cursorOf(path), keys.theirs)).toBe('invalid_cursor')
  })

  // The members and the keys of an organisation are the same for both of its environments.
  test.skipIf(resource.administration)('opens nothing for the other environment', async () => {
    expect(await take(path, await cursorOf(path), keys.sandbox)).toBe('invalid_cursor')
  })

  test('opens no other list', async () => {
    const cursor = await cursorOf(path)
    for (const { operation } of LISTS.filter((list) => list.operation.path !== path)) {
      expect(await take(operation.path, cursor, keys.ours), operation.path).toBe('invalid_cursor')
    }
  })
})
