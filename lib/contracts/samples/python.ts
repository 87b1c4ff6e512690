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

/** The call as a program of Python 3, which needs no package. Refused, it prints the problem and fails. */
export function writePython({ method, url, key, body, replies, variables }: SampleCall): string {
  const python = dialect(variables)
  const headers = {
    Authorization: `Bearer ${key}`,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
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
    ')',
    'try:',
    '    with urlopen(request) as response:',
    replies ? '        print(json.load(response))' : '        print(response.status)',
    'except HTTPError as problem:',
    '    sys.exit(problem.read().decode())',
  ].join('\n')
}
