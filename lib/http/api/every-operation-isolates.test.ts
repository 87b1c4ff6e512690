import { beforeAll, describe, expect, test } from 'vitest'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import {
  type IdOf,
  OPERATIONS,
  pathOfNothing,
  pathOfRow,
  references,
  rowsOf,
  sampleCall,
  wholeReply,
} from '@/lib/testing/operations'

useTestDatabase()
useMailSettings()

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const idsIn = (text: string) => text.match(ID) ?? []

/** Of one organisation, of its sandbox, and of another organisation, each with every scope. */
const keys = { ours: '', sandbox: '', theirs: '' }

beforeAll(async () => {
  const [ours, theirs] = [await makeOrganization(), await makeOrganization()]
  for (const organization of [ours, theirs]) await makeMember(organization)
  const scopes = ['admin']
  keys.ours = (await makeKey(ours, { scopes })).key
  keys.sandbox = (await makeKey(ours, { scopes, environment: 'test' })).key
  keys.theirs = (await makeKey(theirs, { scopes })).key
})

/** What the organisation administers, such as its people, is the same in both environments. */
const isShared = (collection: string) =>
  OPERATIONS.some(({ operation, resource }) => operation.path === collection && resource.administration)

const headers = { 'X-Request-Id': 'one-and-the-same' }
const onRows = OPERATIONS.filter(({ operation }) => operation.params)

describe.each(onRows)('$title', ({ operation, resource }) => {
  /** Asks for paths as `key`. What the body refers to is the caller's own, so that only the path decides. */
  async function asker(key: string) {
    const call = await sampleCall(operation, rowsOf(key))
    return async (path: string) => wholeReply(await callApi(path, { ...call, key, headers }))
  }

  test('answers for another organisation’s row, byte for byte, as for one that never was, and does nothing', async () => {
    const ask = await asker(keys.ours)
    const path = await pathOfRow(operation, keys.theirs)
    const nothing = await ask(pathOfNothing(operation))
    expect(nothing.status).toBe(404)
    expect(idsIn(nothing.body)).toEqual([])
    expect(await ask(path)).toEqual(nothing)
    const owner = await asker(keys.theirs)
    expect((await owner(path)).status).not.toBe(404)
  })

  // The members and the settings of an organisation are the same for both of its environments.
  test.skipIf(resource.administration)(
    'answers for a row of the other environment as for one that never was',
    async () => {
      for (const [owner, other] of [
        [keys.ours, keys.sandbox],
        [keys.sandbox, keys.ours],
      ] as const) {
        const ask = await asker(other)
        const path = await pathOfRow(operation, owner)
        expect(await ask(path)).toEqual(await ask(pathOfNothing(operation)))
      }
    },
  )

  test.runIf(operation.path.split('{').length > 2)(
    'answers for a foreign row below its own as for one that never was',
    async () => {
      const ask = await asker(keys.ours)
      const own = await pathOfRow(operation, keys.ours)
      const foreign = idsIn(await pathOfRow(operation, keys.theirs)).at(-1) ?? ''
      const last = idsIn(own).at(-1) ?? ''
      expect(await ask(own.replace(last, foreign))).toEqual(await ask(own.replace(last, unusedId())))
    },
  )

  test('answers for an id that is none with 404, and never fails on it', async () => {
    const ask = await asker(keys.ours)
    const odd = [
      '1',
      'null',
      '%00',
      '%ZZ',
      '%FF',
      '%E0%A4%A',
      '..%2F..',
      "'%20OR%201=1",
      '%F0%9F%98%80',
      'x'.repeat(3_000),
    ]
    for (const id of odd) expect((await ask(operation.path.replace(/\{\w+\}/g, id))).status, id).toBe(404)
  })
})

const referring = OPERATIONS.filter(({ operation }) => references(operation).length > 0)

describe.each(referring)('$title', ({ operation }) => {
  test('answers for another tenant’s rows in its body as for ones that never were', async () => {
    const path = await pathOfRow(operation, keys.ours)
    const asked = async (idOf: IdOf) => {
      const reply = await wholeReply(
        await callApi(path, { ...(await sampleCall(operation, idOf)), key: keys.ours, headers }),
      )
      return { ...reply, body: reply.body.replaceAll(ID, '…') }
    }
    const nothing = await asked(async () => unusedId())
    const sandbox = rowsOf(keys.sandbox)
    const isolated: IdOf = async (collection) => (isShared(collection) ? unusedId() : sandbox(collection))
    for (const idOf of [rowsOf(keys.theirs), isolated]) expect(await asked(idOf)).toEqual(nothing)
  })
})

const lists = OPERATIONS.filter(({ operation }) => operation.method === 'get' && operation.query && !operation.params)

describe.each(lists)('$title', ({ operation, resource }) => {
  const item = OPERATIONS.find((other) => other.operation.path === `${operation.path}/{id}`)?.operation

  test.runIf(item)('holds the rows of its own organisation and environment only', async () => {
    const id = (await pathOfRow(item ?? operation, keys.ours)).slice(operation.path.length + 1)
    const rows = async (key: string) => (await callApi(operation.path, { key })).text()
    expect(await rows(keys.ours)).toContain(id)
    expect(await rows(keys.theirs)).not.toContain(id)
    if (!resource.administration) expect(await rows(keys.sandbox)).not.toContain(id)
  })
})
