import type { z } from 'zod'
import type { ErrorCode } from '@/lib/base/errors'
import { isOptionalBody, type Operation } from '@/lib/contracts/operation'
import { problem } from '@/lib/contracts/problem'
import type { Resource } from '@/lib/contracts/rows/resource'
import { codesByStatus, errorCodes } from '@/lib/http/api/openapi/errors'
import {
  componentHeaders,
  headerReferences,
  notModified,
  refusalHeaders,
  replyHeaders,
  requestHeaders,
} from '@/lib/http/api/openapi/headers'
import { type Components, exampleOf, type JsonSchema, wireSchema } from '@/lib/http/api/openapi/schemas'
import { PROBLEM_KINDS } from '@/lib/http/problems'
import { RESOURCES } from '@/lib/resources/register'

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
      const codes = errorCodes(operation, resources)
      if (path) path[operation.method] = describeOperation(resource, name, { operation, codes, components })
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Latchkey API',
      version: '1.0.0',
      description: 'The public REST API of your workspace. Keys open it; each carries the scopes that it was given.',
      contact: { name: 'Documentation', url: new URL('/docs', server).href },
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
      headers: componentHeaders(),
      schemas: Object.fromEntries(components),
    },
  }
}

type Described = { operation: Operation; codes: ErrorCode[]; components: Components }

function describeOperation(resource: Resource, name: string, { operation, codes, components }: Described) {
  const { scope, summary, description, reply, again } = operation
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
      ...requestHeaders(operation).map((header) => ({ in: 'header', required: false, ...header })),
    ],
    ...(operation.body && { requestBody: requestBody(operation.body, isOptionalBody(operation), components) }),
    ...(operation.upload && { requestBody: uploadBody(operation.upload) }),
    responses: {
      [reply.status]: replyOf(operation, reply.description, components),
      ...(again && { 200: replyOf(operation, again, components) }),
      ...unchangedReply(operation),
      ...Object.fromEntries([...codesByStatus(codes)].map(([status, those]) => [status, errorReply(those)])),
    },
  }
}

function replyOf(operation: Operation, description: string, components: Components) {
  const { schema, bytes } = operation.reply
  return {
    description,
    headers: headerReferences(replyHeaders(operation)),
    ...(bytes !== undefined && { content: { [bytes]: {} } }),
    ...(schema && { content: { 'application/json': { schema: wireSchema(schema, components) } } }),
  }
}

function unchangedReply(operation: Operation) {
  const reply = notModified(operation)
  return (
    reply && { [reply.status]: { description: reply.description, headers: headerReferences(replyHeaders(operation)) } }
  )
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

/** Bytes have a media type and no schema: OpenAPI 3.1 describes the values of JSON alone. */
const uploadBody = ({ type, limit }: NonNullable<Operation['upload']>) => ({
  required: true,
  description: `The file as it is, at most ${limit.toLocaleString('en')} bytes.`,
  content: { [type]: {} },
})

function errorReply(codes: ErrorCode[]) {
  const { title } = PROBLEM_KINDS[codes[0] ?? 'internal']
  return {
    description: `${title}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    headers: headerReferences(refusalHeaders(codes)),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}
