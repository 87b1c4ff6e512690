import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from '@/lib/http/api/openapi/document'
import { wireSchema } from '@/lib/http/api/openapi/schemas'
import { contactRows } from '@/lib/resources/contacts/contract'
import { CATALOGUE, RESOURCES } from '@/lib/resources/register'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'

useTestDatabase()

const run = promisify(execFile)
const document = openApiDocument('https://keys.acme.test/api/v1')
const operations = RESOURCES.flatMap((resource) => Object.values(resource.operations))

test('the document passes the strict rules of a linter', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-openapi-'))
  try {
    const file = join(folder, 'openapi.json')
    await writeFile(file, JSON.stringify(document))
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const { stderr } = await run('node_modules/.bin/redocly', ['lint', file, '--extends=recommended-strict'], { env })
    expect(stderr).toContain('Your API description is valid')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('it is had without a key, and not kept by anybody between', async () => {
  const reply = await callApi('/openapi.json')
  expect(reply.status).toBe(200)
  expect(reply.headers.get('Content-Type')).toBe('application/json')
  expect(reply.headers.get('Cache-Control')).toBe('no-store')
  expect(reply.headers.get('X-Request-Id')).toMatch(/^[\w-]{36}$/)
})

test('its path says what it has', async () => {
  for (const method of ['POST', 'OPTIONS']) {
    const reply = await callApi('/openapi.json', { method })
    expect(reply.status).toBe(method === 'POST' ? 405 : 204)
    expect(reply.headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
  }
})

test('every operation stands in the document, with the scope that it needs', () => {
  for (const { path, method, scope } of operations) {
    expect(document.paths[path]?.[method], `${method} ${path}`).toMatchObject({
      security: [{ bearer: scope ? [scope] : [] }, { header: scope ? [scope] : [] }],
    })
  }
})

test('every scope that can be granted opens an operation of its own, and every operation asks for one that can', () => {
  const asked = new Set(operations.flatMap(({ scope }) => scope ?? []))
  const narrow = CATALOGUE.scopes.filter(({ resource }) => resource !== null).map(({ scope }) => scope)
  expect(narrow.filter((scope) => !asked.has(scope))).toEqual([])
  expect([...asked].filter((scope) => !CATALOGUE.scopes.some((known) => known.scope === scope))).toEqual([])
})

test('every body has an example that its own contract accepts', () => {
  for (const operation of operations) {
    if (!operation.body) continue
    const described = document.paths[operation.path]?.[operation.method]
    expect(described).toHaveProperty('requestBody.content.application/json.example')
    expect(operation.body.safeParse(exampleIn(described)).error?.issues ?? [], operation.path).toEqual([])
  }
})

const described = z.object({
  parameters: z.array(z.looseObject({ name: z.string(), schema: z.looseObject({}) })),
  responses: z.record(
    z.string(),
    z.looseObject({
      headers: z.record(z.string(), z.unknown()),
      content: z.record(z.string(), z.looseObject({ schema: z.looseObject({}).optional() })).optional(),
    }),
  ),
})

const descriptions = operations.map((operation) => ({
  operation,
  title: `${operation.method} ${operation.path}`,
  ...described.parse(document.paths[operation.path]?.[operation.method]),
}))

test('every reply is one schema with a name, or a list of such', () => {
  const ref = z.string().startsWith('#/components/schemas/')
  const named = z.union([
    z.object({ $ref: ref }),
    z.looseObject({ properties: z.looseObject({ data: z.looseObject({ items: z.object({ $ref: ref }) }) }) }),
  ])
  for (const { title, operation, responses } of descriptions) {
    const { schema } = responses[operation.reply.status]?.content?.['application/json'] ?? {}
    if (operation.reply.schema) expect(named.safeParse(schema).error?.issues ?? [], title).toEqual([])
  }
})

test('the conditions that an operation judges stand in the document, with what it answers to them, and no others', () => {
  for (const { title, operation, parameters, responses } of descriptions) {
    const { preconditions = [], etag = false, reply } = operation
    const named = parameters.map(({ name }) => name).filter((name) => name.startsWith('If-'))
    expect(named, title).toEqual([...preconditions])
    expect('412' in responses, title).toBe(preconditions.includes('If-Match'))
    expect('304' in responses, title).toBe(preconditions.includes('If-None-Match'))
    expect('ETag' in (responses[reply.status]?.headers ?? {}), title).toBe(etag)
  }
})

test('whoever may send an Idempotency-Key is told how a repeated reply is known', () => {
  for (const { title, operation, parameters, responses } of descriptions) {
    const takesKey = parameters.some(({ name }) => name === 'Idempotency-Key')
    expect(takesKey, title).toBe(operation.method !== 'get')
    expect('X-Idempotency-Status' in (responses[operation.reply.status]?.headers ?? {}), title).toBe(takesKey)
  }
})

test('every refusal that passes by itself says when to try again', () => {
  for (const { title, operation, responses } of descriptions) {
    const waits = Object.keys(responses).filter((status) => 'Retry-After' in (responses[status]?.headers ?? {}))
    expect(waits, title).toEqual(operation.method === 'get' ? ['429', '503'] : ['409', '429', '503'])
  }
})

test('what stands for one request or one page has no example, which clients would send with all of them', () => {
  const personal = descriptions.flatMap(({ title, parameters }) =>
    parameters.filter(({ name }) => /^(Idempotency-Key|If-.*|cursor)$/.test(name)).map((one) => ({ title, ...one })),
  )
  expect(personal.length).toBeGreaterThan(operations.length)
  for (const { title, name, schema, ...rest } of personal) {
    for (const place of [schema, rest]) {
      for (const word of ['example', 'examples', 'default', 'enum', 'const']) {
        expect(place, `${title} ${name}`).not.toHaveProperty(word)
      }
    }
  }
})

test('a domain may be written in any script, and an address on LinkedIn says so', () => {
  const { properties } = wireSchema(contactRows.createBody, new Map())
  expect(properties?.domain).toMatchObject({ anyOf: [{ format: 'idn-hostname' }, { type: 'null' }] })
  const pattern = expect.stringContaining('linkedin')
  expect(properties?.linkedin_url).toMatchObject({ anyOf: [{ format: 'uri', pattern }, { type: 'null' }] })
})

function exampleIn(described: unknown): unknown {
  return JSON.parse(JSON.stringify(described)).requestBody.content['application/json'].example
}
