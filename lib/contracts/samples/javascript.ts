import { partsOf, type SampleCall } from '@/lib/contracts/samples/sample-call'
import { type Dialect, writeValue } from '@/lib/contracts/samples/write-value'

const IDENTIFIER = /^[A-Za-z_]\w*$/

const quoted = (text: string) => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

function textOf(value: string, variables: readonly string[]): string {
  const parts = partsOf(value, variables)
  const [first, ...rest] = parts
  if (!first || (rest.length === 0 && 'text' in first)) return quoted(value)
  if (rest.length === 0 && 'variable' in first) return `process.env.${first.variable}`
  const pieces = parts.map((part) =>
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the sample has a template
    'variable' in part ? '${process.env.NAME}'.replace('NAME', part.variable) : part.text.replace(/[\\`$]/g, '\\$&'),
  )
  return `\`${pieces.join('')}\``
}

const dialect = (variables: readonly string[]): Dialect => ({
  text: (value) => textOf(value, variables),
  name: (name) => (IDENTIFIER.test(name) ? name : quoted(name)),
  yes: 'true',
  no: 'false',
  nothing: 'null',
  indent: '  ',
})

/** What is done with the reply. */
function endOf({ replies, saveTo }: SampleCall): string {
  if (saveTo) return `await writeFile('${saveTo}', Buffer.from(await response.arrayBuffer()))`
  return replies ? 'console.log(await response.json())' : 'console.log(response.status)'
}

/** The call as a module of JavaScript, for Node. Refused, it prints the problem and fails. */
export function writeJavaScript(call: SampleCall): string {
  const { method, url, key, body, variables, upload, saveTo } = call
  const javascript = dialect(variables)
  const headers = {
    Authorization: `Bearer ${key}`,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(upload && { 'Content-Type': upload.type }),
  }
  const files = [...(upload ? ['readFile'] : []), ...(saveTo ? ['writeFile'] : [])]
  return [
    ...(files.length > 0 ? [`import { ${files.join(', ')} } from 'node:fs/promises'`, ''] : []),
    `const response = await fetch(${javascript.text(url)}, {`,
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    `  headers: ${writeValue(headers, javascript, '  ')},`,
    ...(body === undefined ? [] : [`  body: JSON.stringify(${writeValue(body, javascript, '  ')}),`]),
    ...(upload ? [`  body: await readFile('${upload.file}'),`] : []),
    '})',
    'if (!response.ok) throw new Error(await response.text())',
    endOf(call),
  ].join('\n')
}
