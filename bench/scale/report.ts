import type { Result } from './measure'

const ms = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))
const nameOf = ({ what: { group, asked } }: Result) => (asked ? `${group} ${asked}` : group)
const ratioOf = ({ small, large }: Result) => large / small

/** What it says where a promise is not kept. A page asks for what routes of the dashboard answer, and those tell. */
const noteOf = ({ status, plan, what }: Result) =>
  [status >= 500 && `answers ${status}`, plan ?? (what.page ? 'see its routes' : 'no plan')].filter(Boolean).join('; ')

const figuresOf = (result: Result) => [ms(result.small), ms(result.large), ratioOf(result).toFixed(1)]

/** One line, as soon as it is known. */
export function line(result: Result): string {
  const [small = '', large = '', ratio = ''] = figuresOf(result)
  const note = result.status >= 300 ? `  ${result.status}` : ''
  const name = nameOf(result).padEnd(76)
  return `${result.kept ? ' ' : '!'} ${name}${small.padStart(8)}${large.padStart(9)}${ratio.padStart(7)}${note}`
}

/** What is not kept first, and the dearest of both kinds. */
const worstFirst = (a: Result, b: Result) => Number(a.kept) - Number(b.kept) || b.large - a.large

/** The ways in which each operation, route, page and chore was asked, the worst one first. */
function byGroup(results: Result[]): Result[][] {
  const groups = new Map<string, Result[]>()
  for (const result of results) groups.set(result.what.group, [...(groups.get(result.what.group) ?? []), result])
  return [...groups.values()].map((group) => group.toSorted(worstFirst))
}

const row = (cells: string[]) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`

const HEAD = [
  row(['what, asked in the way that is worst', 'small ms', 'large ms', 'ratio', 'ways', 'of them short', 'why']),
  '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
]

/** A table of all that was measured, a line for each thing: what falls short first, with what the database did. */
export function markdown(results: Result[]): string {
  const sorted = byGroup(results).toSorted(([a], [b]) => (a && b ? Number(a.kept) - Number(b.kept) : 0))
  const rows = sorted.flatMap((group) => {
    const [worst] = group
    if (!worst) return []
    const short = group.filter(({ kept }) => !kept).length
    const why = worst.kept ? '' : noteOf(worst)
    return [row([nameOf(worst), ...figuresOf(worst), `${group.length}`, short ? `${short}` : '', why])]
  })
  return [...HEAD, ...rows].join('\n')
}

/** What fell short, with the plans, and how many did not. */
export function summary(results: Result[]): string {
  const short = results.filter(({ kept }) => !kept).toSorted(worstFirst)
  const told = short.map((result) => `${line(result)}\n      ${noteOf(result)}`)
  return [...told, `${results.length - short.length} of ${results.length} keep what is promised.`].join('\n')
}
