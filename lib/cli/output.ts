/** Where results go: standard output. Under `--json` one JSON value, and nothing else. */

type Cell = string | number | boolean | Date | null | undefined | string[]

function cell(value: Cell): string {
  if (value === null || value === undefined) return '-'
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.join(',') || '-'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return String(value)
}

export const printJson = (value: unknown) => console.log(JSON.stringify(value, null, 2))

/** One line per row, under a heading. */
export function printTable<Row>(rows: Row[], columns: Record<string, (row: Row) => Cell>) {
  const lines = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((read) => cell(read(row))))]
  const widths = Object.keys(columns).map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  for (const line of lines) {
    console.log(
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  }
}

/** `name: value`, one a line. */
export function printFields(fields: Record<string, Cell>) {
  const width = Math.max(...Object.keys(fields).map((name) => name.length))
  for (const [name, value] of Object.entries(fields)) console.log(`${name.padEnd(width)}  ${cell(value)}`)
}
