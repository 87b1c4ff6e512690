/** What a statement takes as a parameter. */
export type Value = string | number | boolean | Date | Uint8Array | null | readonly string[] | readonly number[]

/**
 * A piece of SQL: text with holes, and what fills them as parameters. A value never becomes text. Names of columns come
 * from definitions, by `name`; what a caller sent is a value.
 */
export class Sql {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly Value[],
  ) {}

  /** The statement as `pg` takes it: `$1` in the first hole. */
  get text(): string {
    return this.texts.reduce((all, text, index) => `${all}$${index}${text}`)
  }
}

/** Writes SQL: what stands in `${}` is a parameter, or another piece. */
export function sql(texts: TemplateStringsArray, ...parts: (Value | Sql)[]): Sql {
  const whole: string[] = [texts[0] ?? '']
  const values: Value[] = []
  const append = (text: string) => whole.push((whole.pop() ?? '') + text)
  for (const [index, part] of parts.entries()) {
    if (part instanceof Sql) {
      const [first = '', ...rest] = part.texts
      append(first)
      whole.push(...rest)
      values.push(...part.values)
    } else {
      whole.push('')
      values.push(part)
    }
    append(texts[index + 1] ?? '')
  }
  return new Sql(whole, values)
}

export const NOTHING = new Sql([''], [])

const NAME = /^[a-z][a-z0-9_]*$/

/** The name of a table, a column or a field; one of ours, so one that needs no more than quotes. */
export function name(word: string): Sql {
  if (!NAME.test(word)) throw new Error(`${word} is no name of ours.`)
  return new Sql([`"${word}"`], [])
}

/** A word of ours as a literal. */
export function word(text: string): Sql {
  if (!/^[a-z][a-z0-9_.]*$/.test(text)) throw new Error(`${text} is no word of ours.`)
  return new Sql([`'${text}'`], [])
}

export function join(parts: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | ' '): Sql {
  const [first = NOTHING, ...rest] = parts
  const by = new Sql([separator], [])
  return rest.reduce((all, part) => sql`${all}${by}${part}`, first)
}
