import { partsOf, type SampleCall } from '@/lib/contracts/samples/sample-call'
import { type Dialect, writeValue } from '@/lib/contracts/samples/write-value'

const variable = (name: string) => `os.environ["${name}"]`

const textOf = (value: string, variables: readonly string[]) =>
  partsOf(value, variables)
    .map((part) => ('variable' in part ? variable(part.variable) : JSON.stringify(part.text)))
    .join(' + ') || '""'

const dialect = (variables: readonly string[]): Dialect => ({
  text: (value) => textOf(value, variables),
  name: (name) => JSON.stringify(name),
  yes: 'True',
  no: 'False',
  nothing: 'None',
  indent: '    ',
})

/** What is done with the reply. */
function endOf({ replies, saveTo }: SampleCall): string {
  if (saveTo) return `open("${saveTo}", "wb").write(response.read())`
  return replies ? 'print(json.load(response))' : 'print(response.status)'
}

/** The call as a program of Python 3, which needs no package. Refused, it prints the problem and fails. */
export function writePython(call: SampleCall): string {
  const { method, url, key, body, replies, variables, upload } = call
  const python = dialect(variables)
  const headers = {
    Authorization: `Bearer ${key}`,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(upload && { 'Content-Type': upload.type }),
  }
  return [
    ...(body !== undefined || replies ? ['import json'] : []),
    ...(variables.length > 0 ? ['import os'] : []),
    'import sys',
    'from urllib.error import HTTPError',
    'from urllib.request import Request, urlopen',
    '',
    'request = Request(',
    `    ${python.text(url)},`,
    ...(method === 'GET' ? [] : [`    method="${method}",`]),
    `    headers=${writeValue(headers, python, '    ')},`,
    ...(body === undefined ? [] : [`    data=json.dumps(${writeValue(body, python, '    ')}).encode(),`]),
    ...(upload ? [`    data=open("${upload.file}", "rb").read(),`] : []),
    ')',
    'try:',
    '    with urlopen(request) as response:',
    `        ${endOf(call)}`,
    'except HTTPError as problem:',
    '    sys.exit(problem.read().decode())',
  ].join('\n')
}
