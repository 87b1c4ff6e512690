import type { Result } from './measure'

const ms = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))
const nameOf = ({ what: { group, asked } }: Result) => (asked ? `${group} ${asked}` : group)
const ratioOf = ({ small, large }: Result) => large / small

/** What it says where a promise is not kept. */
const noteOf = ({ status, plan }: Result) =>
  [status >= 500 && `answers ${status}`, plan].filter(Boolean).join('; ') || 'without a statement'

const cellsOf = (result: Result) => [
  nameOf(result),
  ms(result.small),
  ms(result.large),
  ratioOf(result).toFixed(1),
  result.kept ? '' : noteOf(result),
]

/** One line, as soon as it is known. */
export function line(result: Result): string {
  const [name = '', small = '', large = '', ratio = ''] = cellsOf(result)
  const note = result.status >= 300 ? `  ${result.status}` : ''
  return `${result.kept ? ' ' : '!'} ${name.padEnd(76)}${small.padStart(8)}${large.padStart(9)}${ratio.padStart(7)}${note}`
}

const inCell = (text: string) => text.replaceAll('|', '\\|')
const row = (cells: string[]) => `| ${cells.map(inCell).join(' | ')} |`

/** How far from its promise: what is not kept first, and of what is kept the dearest. */
const worstFirst = (a: Result, b: Result) => Number(a.kept) - Number(b.kept) || b.large - a.large

/** Of each operation, route, page and chore the way of asking that is worst, and how many ways there are. */
function worstOfEach(results: Result[]): { worst: Result; ways: number }[] {
  const found = new Map<string, { worst: Result; ways: number }>()
  for (const result of results) {
    const { worst = result, ways = 0 } = found.get(result.what.group) ?? {}
    found.set(result.what.group, { worst: worstFirst(worst, result) <= 0 ? worst : result, ways: ways + 1 })
  }
  return [...found.values()]
}

const HEAD = ['what', 'small ms', 'large ms', 'ratio']

/** Two tables: what falls short, each with its plan; and the worst of each thing that is measured. */
export function markdown(results: Result[]): string {
  const short = results.filter(({ kept }) => !kept).toSorted((a, b) => b.large - a.large)
  const missed = [row([...HEAD, 'what the database did']), '| --- | ---: | ---: | ---: | --- |']
  const worst = [row([...HEAD, 'ways asked']), '| --- | ---: | ---: | ---: | ---: |']
  return [
    short.length > 0 ? [...missed, ...short.map((result) => row(cellsOf(result)))].join('\n') : 'Nothing falls short.',
    [
      ...worst,
      ...worstOfEach(results).map(({ worst: result, ways }) => row([...cellsOf(result).slice(0, 4), `${ways}`])),
    ].join('\n'),
  ].join('\n\n')
}

/** What fell short, with the plans, and how many did not. */
export function summary(results: Result[]): string {
  const short = results.filter(({ kept }) => !kept).toSorted((a, b) => b.large - a.large)
  const told = short.map((result) => `${line(result)}\n      ${noteOf(result)}`)
  return [...told, `${results.length - short.length} of ${results.length} keep what is promised.`].join('\n')
}
