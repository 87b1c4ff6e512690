import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { wireSchema } from '@/lib/http/api/openapi/schemas'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { methodOf, OPERATIONS, pathOfRow, rowsOf, sampleCall } from '@/lib/testing/operations'

/** Whatever is sent as a query or a body is taken or refused by its fields, and never a failure of ours. */

useTestDatabase()
useMailSettings()

let key = ''
beforeAll(async () => {
  const organization = await makeOrganization()
  await makeMember(organization)
  key = (await makeKey(organization, { scopes: ['admin'] })).key
})

const ODD = [
  '',
  ' ',
  '%',
  '_',
  '\\',
  "'; --",
  '\0',
  '\ud800',
  '😀',
  '-',
  ',',
  '-created_at,created_at',
  '1e3',
  '0',
  '-1',
]
const DATES = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2027-02-30T00:00:00Z', 'infinity', 'now']
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...ODD, ...DATES))

/** What Postgres cannot hold, in each field at least once. */
const worst = (fields: string[]) =>
  fields.flatMap((field) => ['\0', '\ud800'].map((value): [Record<string, string>] => [{ [field]: value }]))

const namesOf = (schema: z.ZodType | undefined) =>
  schema ? Object.keys(wireSchema(schema, new Map()).properties ?? {}) : []

describe.each(OPERATIONS.filter(({ operation }) => operation.query))('$title', ({ operation }) => {
  test('withstands any query', async () => {
    const path = await pathOfRow(operation, key)
    const query = fc.dictionary(fc.constantFrom(...namesOf(operation.query), 'other'), text, { maxKeys: 3 })
    await fc.assert(
      fc.asyncProperty(query, async (sent) => {
        const call = { ...(await sampleCall(operation)), key }
        const outcome = await outcomeOf(await callApi(`${path}?${new URLSearchParams(sent)}`, call))
        expect([operation.reply.status, 'validation_failed', 'invalid_cursor', ...(operation.errors ?? [])]).toContain(
          outcome,
        )
      }),
      { numRuns: 20, examples: worst(namesOf(operation.query)) },
    )
  })
})

const json = fc.oneof(
  text,
  fc.constantFrom(null, true, 0, -0, 0.1, -1, 2 ** 31, 2 ** 53 - 1, 1e21, 1e308, [], {}),
  fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }),
)

/** What refuses the values that a body has; the rest is refused before or after them. */
const REFUSED = [
  'validation_failed',
  'invalid_scope',
  'malformed_json',
  'already_exists',
  'wrong_state',
  'role_forbids',
  'key_state',
  'contact_excluded',
  'not_found',
]

const changes = OPERATIONS.filter(({ operation: { body, path } }) => body && path !== '/me/revoke')

describe.each(changes)('$title', ({ operation }) => {
  test('withstands any value in any field of its body', async () => {
    const path = await pathOfRow(operation, key)
    const call = await sampleCall(operation, rowsOf(key))
    const fields = namesOf(operation.body)
    const odd = fc.dictionary(fc.constantFrom(...fields, 'other'), json, { minKeys: 1, maxKeys: 2 })
    await fc.assert(
      fc.asyncProperty(odd, async (fields) => {
        const outcome = await outcomeOf(
          await callApi(path, { ...call, key, body: { ...Object(call.body), ...fields } }),
        )
        if (typeof outcome === 'string') expect(REFUSED).toContain(outcome)
      }),
      { numRuns: 20, examples: worst(fields) },
    )
  })

  test('withstands a body that is any JSON', async () => {
    const path = await pathOfRow(operation, key)
    await fc.assert(
      fc.asyncProperty(json, async (body) => {
        const outcome = await outcomeOf(await callApi(path, { method: methodOf(operation), key, body }))
        if (typeof outcome === 'string') expect(REFUSED).toContain(outcome)
      }),
      { numRuns: 10 },
    )
  })
})
