import { holdsVariable, type Part, partsOf, type SampleCall } from '@/lib/contracts/samples/sample-call'

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

const expanded = (parts: readonly Part[], special: RegExp) =>
  parts.map((part) => ('variable' in part ? `$${part.variable}` : part.text.replace(special, '\\$&'))).join('')

/** In double quotes, where the shell puts in variables. */
const inQuotes = (text: string, variables: readonly string[]) => `"${expanded(partsOf(text, variables), /[\\"$`]/g)}"`

/** The body behind `-d`; on standard input where the shell must put variables into it. */
function bodyOf({ body, variables }: SampleCall): { option: string; input: string } {
  const json = JSON.stringify(body, null, 2)
  if (!holdsVariable(body, variables)) return { option: `-d ${quoted(json)}`, input: '' }
  return { option: '-d @- <<JSON', input: `\n${expanded(partsOf(json, variables), /[\\$`]/g)}\nJSON` }
}

/** The call as a command of bash. */
export function writeCurl(call: SampleCall): string {
  const { method, url, key, variables, upload, saveTo } = call
  const sent = call.body === undefined ? null : bodyOf(call)
  const words = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${inQuotes(url, variables)}`,
    `-H ${inQuotes(`Authorization: Bearer ${key}`, variables)}`,
    ...(sent ? ["-H 'Content-Type: application/json'", sent.option] : []),
    ...(upload ? [`-H 'Content-Type: ${upload.type}'`, `--data-binary @${upload.file}`] : []),
    ...(saveTo ? [`-o ${saveTo}`] : []),
    ...(call.replies || saveTo ? [] : ["-w '%{http_code}\\n'"]),
  ]
  return words.join(' \\\n  ') + (sent?.input ?? '')
}
