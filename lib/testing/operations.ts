import { z } from 'zod'
import type { Operation } from '@/lib/contracts/operation'
import type { Resource } from '@/lib/contracts/rows/resource'
import { exampleOf, type JsonSchema, wireSchema } from '@/lib/http/api/openapi/schemas'
import { RESOURCES } from '@/lib/resources/register'
import { type Call, callApi } from '@/lib/testing/call'
import { unusedId } from '@/lib/testing/fixtures'

/** Every operation of the API with a request that suits it, drawn from the contracts: a new resource is tested as it is. */

export type NamedOperation = { title: string; operation: Operation; resource: Resource }

export const OPERATIONS: NamedOperation[] = RESOURCES.flatMap((resource) =>
  Object.values(resource.operations).map((operation) => ({
    resource,
    title: `${operation.method.toUpperCase()} ${operation.path}`,
    operation,
  })),
)

export const methodOf = ({ method }: Operation) => method.toUpperCase()

const PARAMETER = /^\{(\w+)\}$/

/** The path with an id that no row has in the place of each parameter. */
export const pathOfNothing = ({ path }: Operation) => path.replace(/\{\w+\}/g, () => unusedId())

/** Gives the id of a row of a collection, such as `/contacts`. */
export type IdOf = (collection: string) => Promise<string>

const drawn = new Map<z.ZodType, JsonSchema>()

function schemaOf(body: z.ZodType): JsonSchema {
  const schema = drawn.get(body) ?? wireSchema(body, new Map())
  drawn.set(body, schema)
  return schema
}

/** The fields of a body that name rows, each with the collection of those. */
export function references({ body, references: named = {} }: Operation): { name: string; collection: string }[] {
  const fields = Object.keys((body && schemaOf(body).properties) ?? {})
  return Object.entries(named).flatMap(([name, collection]) => (fields.includes(name) ? [{ name, collection }] : []))
}

/** A body made from the examples of the contract; `idOf` gives what it refers to. */
export async function sampleBody(operation: Operation, idOf: IdOf): Promise<unknown> {
  if (!operation.body) return undefined
  const sample = structuredClone(exampleOf(schemaOf(operation.body)))
  for (const { name, collection } of references(operation)) {
    const id = await idOf(collection)
    Object.assign(Object(sample), { [name]: name.endsWith('s') ? [id] : id })
  }
  return sample
}

/** What operations that take a file are sent. */
const FILE: Call = { raw: 'A note.\n', headers: { 'Content-Type': 'text/plain' } }

/** The request's method and body, with references to nothing; the path is the caller's to choose. */
export async function sampleCall(operation: Operation, idOf: IdOf = async () => unusedId()): Promise<Call> {
  const body = await sampleBody(operation, idOf)
  return { method: methodOf(operation), ...(body !== undefined && { body }), ...(operation.upload && FILE) }
}

const withId = z.object({ id: z.string() })
const withRows = z.object({ data: z.array(withId) })

const resourceOf = (operation: Operation): Resource => {
  const found = OPERATIONS.find((other) => other.operation === operation)
  if (!found) throw new Error(`${operation.path} is in no contract.`)
  return found.resource
}

/** The operation that makes rows of a collection. */
const creationOf = (collection: string) =>
  OPERATIONS.find(({ operation: { method, path, makes = path } }) => method === 'post' && makes === collection)
    ?.operation

/** The operation that lists a collection. */
const listOf = (collection: string) =>
  OPERATIONS.find(({ operation: { method, path } }) => method === 'get' && path === collection)?.operation

/** A row of a collection: made by its POST, or, where rows come in another way, the first that it lists. */
async function makeRow(template: string, path: string, key: string): Promise<string> {
  const source = listOf(template)?.comes_with
  if (source) await makeRow(source, source, key)
  const creation = creationOf(template)
  if (creation) {
    const call = await sampleCall(creation, (collection) => makeRow(collection, collection, key))
    const target = creation.makes ? await pathOfRow(creation, key) : path
    const made = withId.safeParse(await (await callApi(target, { ...call, key })).json())
    if (made.success) return made.data.id
  }
  const listed = withRows.safeParse(await (await callApi(path, { key })).json())
  const [row] = listed.data?.data ?? []
  if (!row) throw new Error(`No row of ${template} could be had: give the body of its POST whole examples.`)
  return row.id
}

/** The id of a row that the tenant of `key` has. Some collections hold one row of an example, so each is made once. */
export function rowsOf(key: string): IdOf {
  const made = new Map<string, Promise<string>>()
  return (collection) => {
    const row = made.get(collection) ?? makeRow(collection, collection, key)
    made.set(collection, row)
    return row
  }
}

/** What must have happened to a row before an operation can succeed, in order. */
function allBefore(operation: Operation): Operation[] {
  const before = operation.before && resourceOf(operation).operations[operation.before]
  return before ? [...allBefore(before), before] : []
}

/** The path of an operation on rows that the tenant of `key` has; they are made for it. */
export async function pathOfRow(operation: Operation, key: string): Promise<string> {
  let template = ''
  let path = ''
  for (const segment of operation.path.split('/').slice(1)) {
    const name = PARAMETER.exec(segment)?.[1]
    const collection = name && operation.references?.[name]
    if (collection) path += `/${await makeRow(collection, collection, key)}`
    else path += `/${name ? await makeRow(template, path, key) : segment}`
    template += `/${segment}`
  }
  for (const before of allBefore(operation)) {
    const at = before.path === operation.path ? path : path.replace(/\w+$/, before.path.split('/').at(-1) ?? '')
    await callApi(at, { ...(await sampleCall(before, rowsOf(key))), key })
  }
  return path
}

/** What a reply is, but for what differs from call to call: compare two, made with one `X-Request-Id`, for sameness. */
export async function wholeReply(response: Response) {
  const headers = [...response.headers].filter(([name]) => !name.includes('ratelimit'))
  return { status: response.status, headers, body: await response.text() }
}

const RATE_HEADERS = {
  'X-RateLimit-Limit': /^\d+$/,
  'X-RateLimit-Remaining': /^\d+$/,
  'X-RateLimit-Reset': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/,
  'RateLimit-Policy': /^"default";q=\d+;w=61$/,
  RateLimit: /^"default";r=\d+;t=\d+$/,
}

/** The rate headers that a reply lacks, or has in a wrong form; none for a reply to a recognised key. */
export const missingRateHeaders = ({ headers }: Response): string[] =>
  Object.entries(RATE_HEADERS).flatMap(([name, form]) => (form.test(headers.get(name) ?? '') ? [] : [name]))
