import { z } from 'zod'

/** What two OpenAPI documents say differently, as lines that people read. */

const json = z.record(z.string(), z.unknown())

type Json = z.output<typeof json>

/** One thing that a document says: of which operation, where in it, and what. */
type Fact = { of: string; place: string; says: string }

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** Of what an operation says; `document`: of what stands beside the operations. */
const DOCUMENT = 'document'

const members = (value: unknown): [string, Json][] =>
  Object.entries(json.safeParse(value).data ?? {}).flatMap(([name, member]) => {
    const { data } = json.safeParse(member)
    return data ? [[name, data] as const] : []
  })

const entries = (value: unknown): Json[] => z.array(json).safeParse(value).data ?? []

const nameOf = ({ $ref }: Json) => (typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined)

/** What a reference within the document leads to; what is none, itself. */
function resolve(value: Json, document: Json): Json {
  if (typeof value.$ref !== 'string') return value
  const found = value.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => json.safeParse(at).data?.[name], document)
  return json.parse(found)
}

type Said = Omit<Fact, 'of'>

const NESTED = ['properties', 'required', 'items', 'anyOf', 'oneOf', 'additionalProperties', '$ref', 'enum']

/** What a schema says of itself, a fact for each keyword and each value that it allows. */
function ofKeywords(schema: Json, place: string): Said[] {
  const said = Object.entries(schema)
    .filter(([name]) => !NESTED.includes(name))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const values = z.array(z.unknown()).safeParse(schema.enum).data ?? []
  const all = [...said, ...values.map((value) => `value ${JSON.stringify(value)}`)]
  return (all.length > 0 ? all : ['anything']).map((says) => ({ place, says }))
}

/** A schema, a place for each of its members: `200 data[].email`. Whether it stands inline or in the components is told apart. */
function ofSchema(schema: Json, document: Json, place: string): Said[] {
  const name = nameOf(schema)
  const whole = resolve(schema, document)
  const inner = (value: Json, at: string) => ofSchema(value, document, at)
  const required = z.array(z.string()).safeParse(whole.required).data ?? []
  const items = json.safeParse(whole.items).data
  const others = json.safeParse(whole.additionalProperties).data
  return [
    ...ofKeywords(whole, place),
    ...(name ? [{ place: `name of the schema of ${place}`, says: name }] : []),
    ...required.map((member) => ({ place: `${place}.${member}`, says: 'required' })),
    ...members(whole.properties).flatMap(([member, value]) => inner(value, `${place}.${member}`)),
    ...(items ? inner(items, `${place}[]`) : []),
    ...(others ? inner(others, `${place}.*`) : []),
    ...entries(whole.anyOf ?? whole.oneOf).flatMap((choice, index) => inner(choice, `${place}|${index + 1}`)),
  ]
}

function ofContent(content: unknown, document: Json, place: string): Said[] {
  return members(content).flatMap(([type, { schema, example }]) => [
    { place: `${place} media type`, says: type },
    ...ofSchema(json.parse(schema ?? {}), document, place),
    ...(example === undefined ? [] : [{ place: `${place} example`, says: JSON.stringify(example) }]),
  ])
}

/** A refusal is told by its codes: all have one schema. */
function ofReply(status: string, reply: Json, document: Json): Said[] {
  const headers = Object.keys(json.parse(reply.headers ?? {})).map((says) => ({ place: `${status} headers`, says }))
  if (Number(status) < 400) {
    const says = String(reply.description)
    return [{ place: `${status} description`, says }, ...headers, ...ofContent(reply.content, document, status)]
  }
  const codes = [...String(reply.description).matchAll(/`(\w+)`/g)].map(([, code = '']) => code)
  const schemas = members(reply.content).map(([type, { schema }]) => ({
    place: `${status} media type`,
    says: `${type}, ${nameOf(json.parse(schema))}`,
  }))
  return [...codes.map((code) => ({ place: `refusal ${code}`, says: status })), ...headers, ...schemas]
}

function ofOperation(operation: Json, document: Json): Said[] {
  const { parameters, requestBody, responses, ...rest } = operation
  const body = json.safeParse(requestBody).data
  return [
    ...Object.entries(rest).map(([place, value]) => ({ place, says: JSON.stringify(value) })),
    ...entries(parameters)
      .map((parameter) => resolve(parameter, document))
      .flatMap(({ name, in: where, schema, required, ...more }) => [
        { place: `${where} ${name}`, says: required === true ? 'required' : 'may be left out' },
        ...ofSchema(json.parse(schema ?? {}), document, `${where} ${name}`),
        ...Object.entries(more).map(([keyword, value]) => ({
          place: `${where} ${name} ${keyword}`,
          says: JSON.stringify(value),
        })),
      ]),
    ...(body ? [{ place: 'body', says: body.required === true ? 'required' : 'may be left out' }] : []),
    ...ofContent(body?.content, document, 'body'),
    ...members(responses).flatMap(([status, reply]) => ofReply(status, reply, document)),
  ]
}

function factsOf(document: Json): Fact[] {
  const { paths, components, ...rest } = document
  const { schemas, ...others } = json.parse(components ?? {})
  const named = members(schemas)
  const said = [
    ...Object.entries(rest).map(([place, value]) => ({ place, says: JSON.stringify(value) })),
    ...Object.values(others).flatMap((part) =>
      members(part).map(([place, value]) => ({ place, says: JSON.stringify(value) })),
    ),
    ...named.map(([name]) => ({ place: `schema ${name}`, says: '' })),
    ...named
      .filter(([name]) => name === 'Problem')
      .flatMap(([name, schema]) => ofSchema(schema, document, `schema ${name}`)),
  ]
  return [
    ...said.map((one) => ({ of: DOCUMENT, ...one })),
    ...members(paths).flatMap(([path, operations]) =>
      METHODS.flatMap((method) => {
        const { data } = json.safeParse(operations[method])
        const of = `${method.toUpperCase()} ${path}`
        return data ? [{ of, place: '', says: '' }, ...ofOperation(data, document).map((one) => ({ of, ...one }))] : []
      }),
    ),
  ]
}

const colon = (place: string, says: string) => (says ? `${place}: ${says}` : place)

/** What was said, and what is, of each place; a line in `diff`'s manner. */
function changeOf(place: string, before: string[], after: string[]): string {
  const gone = before.filter((one) => !after.includes(one))
  const come = after.filter((one) => !before.includes(one))
  const [old, now] = [gone.join(' and '), come.join(' and ')]
  if (before.length === 0) return `+ ${colon(place, now)}`
  if (after.length === 0) return `- ${colon(place, old)}`
  return `~ ${place}: ${old || 'nothing'} → ${now || 'nothing'}`
}

function grouped(facts: readonly Fact[]): Map<string, Map<string, string[]>> {
  const all = new Map<string, Map<string, string[]>>()
  for (const { of, place, says } of facts) {
    const places = all.get(of) ?? new Map<string, string[]>()
    all.set(of, places.set(place, [...(places.get(place) ?? []), says]))
  }
  return all
}

/** A change, and every operation of which it is true. */
export type Change = { what: string; of: string[] }

/**
 * Compares two OpenAPI documents: operations, parameters, headers, fields, refusals, descriptions. What differs in the same
 * way in several operations is one change.
 * @returns the changes, operations that came and went first; empty: both say the same
 */
export function openApiChanges(before: unknown, after: unknown): Change[] {
  const [old, now] = [grouped(factsOf(json.parse(before))), grouped(factsOf(json.parse(after)))]
  const changes = new Map<string, string[]>()
  const tell = (what: string, of: string) => changes.set(what, [...(changes.get(what) ?? []), of])
  for (const of of new Set([...old.keys(), ...now.keys()])) {
    const [left, right] = [old.get(of), now.get(of)]
    if (!left || !right) {
      tell(left ? '- operation' : '+ operation', of)
      continue
    }
    for (const place of new Set([...left.keys(), ...right.keys()])) {
      const [said, says] = [left.get(place) ?? [], right.get(place) ?? []]
      if (said.join('\n') !== says.join('\n')) tell(changeOf(place, said, says), of)
    }
  }
  const rank = (what: string) => (what.endsWith(' operation') ? 0 : 1)
  return [...changes]
    .map(([what, of]) => ({ what, of }))
    .sort((one, other) => rank(one.what) - rank(other.what) || one.what.slice(2).localeCompare(other.what.slice(2)))
}

/** The changes as a text: what, and below it in which operations. */
export function writeChanges(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Both documents say the same.'
  return changes.map(({ what, of }) => `${what}\n${of.map((one) => `      ${one}`).join('\n')}`).join('\n')
}
