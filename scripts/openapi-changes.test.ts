import { describe, expect, test } from 'vitest'
import { openApiDocument } from '@/lib/http/api/openapi/document'
import { openApiChanges, writeChanges } from './openapi-changes'

const SERVER = 'https://keys.acme.test/api/v1'

const reply = (schema: object, headers: object = {}) => ({
  description: 'The lead.',
  headers,
  content: { 'application/json': { schema } },
})

const refusal = (description: string) => ({ description, content: {} })

const lead = { type: 'object', properties: { email: { type: 'string', format: 'email' } }, required: ['email'] }

const document = (get: object, others: object = {}) => ({
  paths: { '/leads': { get, ...others } },
  components: { schemas: { Lead: lead } },
})

const operation = (more: object = {}) => ({ summary: 'Get', responses: { 200: reply(lead) }, ...more })

const changes = (before: object, after: object) => openApiChanges(before, after).map(({ what }) => what)

describe('two documents', () => {
  test('that say the same have no changes', () => {
    const whole = openApiDocument(SERVER)
    expect(openApiChanges(whole, openApiDocument(SERVER))).toEqual([])
    expect(writeChanges([])).toBe('Both documents say the same.')
  })

  test('differ by an operation that has come, and one that has gone', () => {
    const after = document(operation(), { post: operation() })
    expect(openApiChanges(document(operation()), after)).toEqual([{ what: '+ operation', of: ['POST /leads'] }])
    expect(openApiChanges(after, document(operation()))).toEqual([{ what: '- operation', of: ['POST /leads'] }])
  })

  test('differ by a member, wherever its schema stands', () => {
    const wider = { ...lead, properties: { ...lead.properties, phone: { type: ['string', 'null'] } } }
    const page = (item: object) =>
      document(operation({ responses: { 200: reply({ properties: { data: { type: 'array', items: item } } }) } }))
    expect(changes(page(lead), page(wider))).toEqual(['+ 200.data[].phone: type ["string","null"]'])
    expect(changes(document(operation()), page(lead))).toContain(
      '- 200.email: required and type string and format email',
    )
  })

  test('differ by the name alone where a schema moves to the components', () => {
    const after = document(operation({ responses: { 200: reply({ $ref: '#/components/schemas/Lead' }) } }))
    expect(changes(document(operation()), after)).toEqual(['+ name of the schema of 200: Lead'])
  })

  test('differ by what a member says, and by no more of it', () => {
    const other = { ...lead, properties: { email: { type: 'string', format: 'idn-email' } }, required: [] }
    expect(changes(document(operation()), document(operation({ responses: { 200: reply(other) } })))).toEqual([
      '~ 200.email: required and format email → format idn-email',
    ])
  })

  test('differ by parameters, headers, refusals and bodies', () => {
    const after = operation({
      parameters: [{ name: 'If-Match', in: 'header', schema: { type: 'string' } }],
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
      responses: { 200: reply(lead, { ETag: {} }), 412: refusal('Precondition Failed: `precondition_failed`.') },
    })
    expect(changes(document(operation()), document(after))).toEqual([
      '+ 200 headers: ETag',
      '+ body media type: application/json',
      '+ body: required and type object',
      '+ header If-Match: may be left out and type string',
      '+ refusal precondition_failed: 412',
    ])
  })

  test('differ once where several operations differ alike', () => {
    const whole = openApiDocument(SERVER)
    const text = JSON.stringify(whole).replaceAll('"X-Request-Id":', '"X-Call":')
    const [one] = openApiChanges(whole, JSON.parse(text)).filter(({ what }) => what.includes('200 headers'))
    expect(one?.of.length).toBeGreaterThan(10)
    expect(writeChanges(one ? [one] : [])).toMatch(/^~ 200 headers: X-Request-Id → X-Call\n {6}GET \/me\n/)
  })
})
