/** How a language writes the values that JSON has. */
export type Dialect = {
  text: (value: string) => string
  name: (name: string) => string
  yes: string
  no: string
  nothing: string
  indent: string
}

/** Writes a JSON value as a literal of a language, a line for each member of an object; `margin` is what stands before each line. */
export function writeValue(value: unknown, dialect: Dialect, margin = ''): string {
  if (typeof value === 'string') return dialect.text(value)
  if (typeof value === 'boolean') return value ? dialect.yes : dialect.no
  if (typeof value !== 'object' || value === null) return value === null ? dialect.nothing : String(value)
  const isList = Array.isArray(value)
  const isShort = isList && value.every((member) => typeof member !== 'object')
  if (isShort) return `[${value.map((member) => writeValue(member, dialect)).join(', ')}]`
  const inner = margin + dialect.indent
  const members = Object.entries(value).map(
    ([name, member]) => inner + (isList ? '' : `${dialect.name(name)}: `) + writeValue(member, dialect, inner),
  )
  const [open, close] = isList ? '[]' : '{}'
  return members.length === 0 ? `${open}${close}` : `${open}\n${members.join(',\n')},\n${margin}${close}`
}
