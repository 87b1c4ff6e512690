import { exampleType } from '@/lib/contracts/bytes'
import { id } from '@/lib/contracts/fields'
import type { Operation } from '@/lib/contracts/operation'
import type { SampleCall } from '@/lib/contracts/samples/sample-call'
import { exampleOf, wireSchema } from '@/lib/http/api/openapi/schemas'

const KEY_VARIABLE = 'LATCHKEY_API_KEY'

/** The file that examples send. */
export const SAMPLE_FILE = 'file.bin'

const singular = (collection: string) => collection.replace(/ies$/, 'y').replace(/s$/, '')

/** A row that an example acts on: the reader puts its id into the variable. */
export type RowVariable = { variable: string; collection: string }

/** The rows that the path names. `/contact_lists/{id}/contacts/{contact_id}`: a contact list and a contact. */
export function rowsOfPath(path: string): (RowVariable & { parameter: string; segment: number })[] {
  const segments = path.split('/')
  return segments.flatMap((segment, index) => {
    const parameter = /^\{(\w+)\}$/.exec(segment)?.[1]
    if (!parameter) return []
    const collection = segments[index - 1] ?? ''
    const row = parameter === 'id' ? singular(collection) : parameter.replace(/_id$/, '')
    return [{ parameter, segment: index, collection, variable: `${row.toUpperCase()}_ID` }]
  })
}

const isId = (value: unknown) => id().safeParse(Array.isArray(value) ? value[0] : value).success

/** The field of a body that names rows: `contact_id`, `contact_ids`. An `external_id` is the caller's own. */
function rowOfField(name: string, example: unknown): RowVariable | null {
  if (!isId(example)) return null
  const row = /^(\w+)_ids?$/.exec(name)?.[1]
  return row ? { variable: `${row.toUpperCase()}_ID`, collection: `${row}s` } : null
}

/** The body's example, with variables where it names rows. */
function bodyOf({ body }: Operation): { body?: unknown; rows: RowVariable[] } {
  if (!body) return { rows: [] }
  const example = exampleOf(wireSchema(body, new Map()))
  const rows: RowVariable[] = []
  const members = Object.entries(Object(example)).map(([name, value]) => {
    const row = rowOfField(name, value)
    if (!row) return [name, value]
    rows.push(row)
    return [name, Array.isArray(value) ? [`$${row.variable}`] : `$${row.variable}`]
  })
  return { body: Object.fromEntries(members), rows }
}

export type OperationSample = {
  call: SampleCall
  /** What the reader sets beside the key before running it. */
  rows: RowVariable[]
}

/**
 * The call that the examples of an operation make.
 * @param origin scheme and host of the API, e.g. `https://keys.example.com`
 */
export function sampleOf(operation: Operation, origin: string): OperationSample {
  const inPath = rowsOfPath(operation.path)
  const { body, rows: inBody } = bodyOf(operation)
  const named = new Map([...inPath, ...inBody].map(({ variable, collection }) => [variable, { variable, collection }]))
  const path = inPath.reduce(
    (text, { parameter, variable }) => text.replace(`{${parameter}}`, `$${variable}`),
    operation.path as string,
  )
  const rows = [...named.values()]
  const { upload } = operation
  return {
    rows,
    call: {
      method: operation.method.toUpperCase(),
      url: `${origin}/api/v1${path}${upload?.named_by ? `?${upload.named_by}=${SAMPLE_FILE}` : ''}`,
      key: `$${KEY_VARIABLE}`,
      ...(body !== undefined && { body }),
      ...(upload && { upload: { file: SAMPLE_FILE, type: exampleType(upload.type) } }),
      ...(operation.reply.bytes !== undefined && { saveTo: 'reply.bin' }),
      replies: operation.reply.schema !== null,
      variables: [KEY_VARIABLE, ...rows.map(({ variable }) => variable)],
    },
  }
}
