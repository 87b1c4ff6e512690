import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '@/lib/base/errors'
import { describeOperationPage } from '@/lib/docs/operation-page'
import { documentedOperations, findOperation } from '@/lib/docs/operations'
import { replyExample } from '@/lib/docs/reply-example'
import type { FieldShape, Shape } from '@/lib/docs/shape'
import { errorGroups, scopeGroups } from '@/lib/docs/tables'
import { openApiDocument } from '@/lib/http/api/openapi/document'
import { CATALOGUE } from '@/lib/resources/register'

const ORIGIN = 'https://keys.acme.test'
const documented = documentedOperations()
const pages = documented.map((one) => ({ ...one, page: describeOperationPage(one, ORIGIN) }))

test('every operation in the OpenAPI document has a page of its own, under its operationId', () => {
  const described = Object.values(openApiDocument(ORIGIN).paths).flatMap((path) => Object.values(path))
  const ids = described.map((one) => String(Object(one).operationId))
  expect(ids.length).toBeGreaterThan(0)
  for (const id of ids) {
    const [resource = '', name = ''] = id.split('.')
    expect(findOperation(resource, name)?.href, id).toBe(`/docs/reference/${resource}/${name}`)
  }
  expect(new Set(documented.map(({ href }) => href)).size).toBe(ids.length)
})

test('there is no page of an operation that is not', () => {
  for (const [resource, name] of [
    ['leads', 'purge'],
    ['nothing', 'list'],
    ['leads', 'constructor'],
    ['__proto__', 'list'],
  ] as const) {
    expect(findOperation(resource, name)).toBeNull()
  }
})

test('every error code has its place in the errors, once', () => {
  const placed = errorGroups().flatMap(({ codes }) => codes.map(({ code }) => code))
  expect(placed.toSorted()).toEqual([...ERROR_CODES].sort())
})

test('every scope is in the table, and leads to every operation that asks for it', () => {
  const scopes = scopeGroups().flatMap((group) => group.scopes)
  expect(scopes.map(({ scope }) => scope).toSorted()).toEqual(CATALOGUE.scopes.map(({ scope }) => scope).toSorted())
  for (const { operation, href } of documented) {
    const listed = scopes.find(({ scope }) => scope === operation.scope)
    if (operation.scope !== null) expect(listed?.operations.map((one) => one.href)).toContain(href)
  }
})

const allFields = ({ fields, variants }: Shape): FieldShape[] =>
  [...fields, ...variants.flatMap((variant) => variant.fields)].flatMap((field) => [field, ...allFields(field)])

describe.each(pages)('$resource.name.$name', ({ resource, name, operation, page }) => {
  test('shows every parameter and every field of its body', () => {
    const shown = (fields: FieldShape[]) => fields.map((field) => field.name)
    expect(shown(page.params)).toEqual(Object.keys(operation.params?.shape ?? {}))
    expect(shown(page.query)).toEqual(Object.keys(operation.query?.shape ?? {}))
    for (const part of [page.body?.shape, page.reply.shape]) {
      for (const field of part ? allFields(part) : []) expect(field.type, field.name).toMatch(/^[a-z]/)
    }
    expect(page.body === null).toBe(operation.body === undefined)
  })

  test('shows the headers that it reads and those of its reply', () => {
    const named = (fields: FieldShape[]) => fields.map((field) => field.name)
    const conditions = operation.preconditions ?? []
    const changes = operation.method !== 'get'
    expect(named(page.headers)).toEqual([...(changes ? ['Idempotency-Key'] : []), ...conditions])
    expect(named(page.reply.headers)).toEqual([
      ...(operation.etag ? ['ETag'] : []),
      ...(changes ? ['X-Idempotency-Status'] : []),
    ])
    expect(page.reply.notModified?.status).toBe(conditions.includes('If-None-Match') ? 304 : undefined)
  })

  test('shows a reply that its own contract accepts', () => {
    const { schema } = operation.reply
    const example = replyExample(resource, name)
    if (!schema) return expect(example).toBeUndefined()
    expect(schema.safeParse(example).error?.issues ?? []).toEqual([])
  })
})
