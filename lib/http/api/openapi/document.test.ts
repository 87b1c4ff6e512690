import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openApiDocument } from '@/lib/http/api/openapi/document'
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
    const { stderr } = await run('npx', ['redocly', 'lint', file, '--extends=recommended-strict'], { env })
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

function exampleIn(described: unknown): unknown {
  return JSON.parse(JSON.stringify(described)).requestBody.content['application/json'].example
}
