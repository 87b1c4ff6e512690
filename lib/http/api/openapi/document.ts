import type { z } from 'zod'
import type { ErrorCode } from '@/lib/base/errors'
import { isOptionalBody, type Operation } from '@/lib/contracts/operation'
import { problem } from '@/lib/contracts/problem'
import type { Resource } from '@/lib/contracts/rows/resource'
import { codesByStatus, errorCodes } from '@/lib/http/api/openapi/errors'
import { type Components, exampleOf, type JsonSchema, wireSchema } from '@/lib/http/api/openapi/schemas'
import { PROBLEM_KINDS } from '@/lib/http/problems'
import { RESOURCES } from '@/lib/resources/contract'

const REPLY_HEADERS = {
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  'X-RateLimit-Limit': { $ref: '#/components/headers/RateLimitLimit' },
  'X-RateLimit-Remaining': { $ref: '#/components/headers/RateLimitRemaining' },
  'X-RateLimit-Reset': { $ref: '#/components/headers/RateLimitReset' },
}

const COMPONENT_HEADERS = {
  RequestId: { description: 'Name this when you ask for help.', schema: { type: 'string' } },
  RateLimitLimit: {
    description:
      'Calls accepted in any 60 seconds. A call counts for up to 61: leave 61 seconds between two bursts of the whole limit.',
    schema: { type: 'integer' },
  },
  RateLimitRemaining: { description: 'Calls left.', schema: { type: 'integer' } },
  RateLimitReset: {
    description: 'When the whole limit is free again.',
    schema: { type: 'string', format: 'date-time' },
  },
  RetryAfter: { description: 'Seconds to wait, 1 to 61.', schema: { type: 'integer' } },
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'One to 255 visible ASCII characters. The same request with the same key is carried out once in 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

/**
 * The OpenAPI 3.1 document of the public API, drawn from the resources' contracts.
 * @param server the address below which the API stands, e.g. `https://keys.example.com/api/v1`
 */
export function openApiDocument(server: string, resources: readonly Resource[] = RESOURCES) {
  const components: Components = new Map()
  components.set('Problem', wireSchema(problem, components))
  const paths: Record<string, Record<string, unknown>> = {}
  for (const resource of resources) {
    for (const [name, operation] of Object.entries(resource.operations)) {
      paths[operation.path] ??= {}
      const path = paths[operation.path]
      if (path) path[operation.method] = describeOperation(resource, name, operation, components)
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Latchkey API',
      version: '1.0.0',
      description: 'The public REST API of your workspace. Keys open it; each carries the scopes that it was given.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server }],
    security: [{ bearer: [] }, { header: [] }],
    tags: resources.map(({ title, description }) => ({ name: title, description })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: '`Authorization: Bearer <key>`' },
        header: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'For older clients.' },
      },
      headers: COMPONENT_HEADERS,
      schemas: Object.fromEntries(components),
    },
  }
}

function describeOperation(resource: Resource, name: string, operation: Operation, components: Components) {
  const { scope, summary, description, reply, method } = operation
  const scopes = scope ? [scope] : []
  return {
    operationId: `${resource.name}.${name}`,
    tags: [resource.title],
    summary,
    description: [description, scope ? `Needs the scope \`${scope}\`.` : 'Any key may call it.']
      .filter(Boolean)
      .join(' '),
    security: [{ bearer: scopes }, { header: scopes }],
    parameters: [
      ...parameters('path', operation.params, components),
      ...parameters('query', operation.query, components),
      ...(method === 'get' ? [] : [IDEMPOTENCY_KEY]),
    ],
    ...(operation.body && { requestBody: requestBody(operation.body, isOptionalBody(operation), components) }),
    responses: {
      [reply.status]: {
        description: reply.description,
        headers: REPLY_HEADERS,
        ...(reply.schema && { content: { 'application/json': { schema: wireSchema(reply.schema, components) } } }),
      },
      ...Object.fromEntries(
        [...codesByStatus(errorCodes(operation))].map(([status, codes]) => [status, errorReply(status, codes)]),
      ),
    },
  }
}

function parameters(place: 'path' | 'query', shape: z.ZodObject | undefined, components: Components) {
  if (!shape) return []
  const { properties = {}, required = [] } = wireSchema(shape, components)
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest }: JsonSchema = typeof schema === 'object' ? schema : {}
    return {
      name,
      in: place,
      required: place === 'path' || (required.includes(name) && rest.default === undefined),
      ...(description && { description }),
      schema: rest,
    }
  })
}

function requestBody(body: z.ZodType, optional: boolean, components: Components) {
  const schema = wireSchema(body, components)
  return { required: !optional, content: { 'application/json': { schema, example: exampleOf(schema) } } }
}

function errorReply(status: number, codes: ErrorCode[]) {
  const { title } = PROBLEM_KINDS[codes[0] ?? 'internal']
  return {
    description: `${title}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    headers: {
      ...REPLY_HEADERS,
      ...(status === 429 && { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }),
    },
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}
