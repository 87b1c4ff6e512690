import type { PlaygroundField, PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'
import { contentTypeOf } from '@/lib/queries/playground-key'

/** What stands in the form: the texts of the inputs, and the body as it is typed. */
export type Entries = { params: Record<string, string>; query: Record<string, string>; body: string; file: File | null }

/** A request below `/api/v1`, ready to be sent. */
export type PlaygroundRequest = { method: string; path: string; body: string | File | null }

/** @param id of a row that is at hand, for a path that begins with one */
export const emptyEntries = ({ path, body }: PlaygroundOperation, id?: string): Entries => ({
  params: id !== undefined && path.includes('/{id}') ? { id } : {},
  query: {},
  body: body?.example ?? '',
  file: null,
})

/** What a request cannot be sent without and lacks: parameters of the path, and `file`. */
export const missingEntries = ({ params, upload }: PlaygroundOperation, entries: Entries): string[] => [
  ...params.flatMap(({ name }) => (entries.params[name]?.trim() ? [] : [name])),
  ...(upload && !entries.file ? ['file'] : []),
]

const filled = (fields: PlaygroundField[], texts: Record<string, string>) =>
  fields.flatMap(({ name }): [string, string][] => {
    const text = texts[name]?.trim()
    return text ? [[name, text]] : []
  })

/** The query, with the name of the chosen file where the operation takes one and no other is entered. */
function namedAfter({ upload }: PlaygroundOperation, query: Record<string, string>, file: File | null) {
  const field = upload?.named_by
  return field && file && !query[field]?.trim() ? { ...query, [field]: file.name } : query
}

/** The request that a form stands for. A parameter without an entry stays in the path as `{name}`. */
export function buildRequest(
  operation: PlaygroundOperation,
  { params, query, body, file }: Entries,
): PlaygroundRequest {
  const path = operation.path.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const text = params[name]?.trim()
    return text ? encodeURIComponent(text) : placeholder
  })
  const search = new URLSearchParams(filled(operation.query, namedAfter(operation, query, file))).toString()
  // A body of which nothing is required may be left out whole.
  const left = operation.body === null || (operation.body.optional && body.trim() === '')
  return {
    method: operation.method.toUpperCase(),
    path: search ? `${path}?${search}` : path,
    body: left ? file : body,
  }
}

/** For a POSIX shell: within single quotes everything but the quote itself is text. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

const sentAs = (body: string | File) => [
  `-H ${quoted(`Content-Type: ${contentTypeOf(body)}`)}`,
  typeof body === 'string' ? `-d ${quoted(body)}` : `--data-binary ${quoted(`@${body.name}`)}`,
]

/** The request for a shell. The key is named and never written: what is copied ends up in histories and tickets. */
export function toCurl(origin: string, { method, path, body }: PlaygroundRequest): string {
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(`${origin}/api/v1${path}`)}`,
    '-H "Authorization: Bearer $LATCHKEY_API_KEY"',
    ...(body === null ? [] : sentAs(body)),
  ]
  return lines.join(' \\\n  ')
}
