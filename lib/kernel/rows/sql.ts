/** What a statement takes as a parameter. */
export type Value = string | number | boolean | Date | Uint8Array | null | readonly string[] | readonly number[]

/**
 * A piece of SQL: texts, and between them parameters or other pieces. A value never becomes text. Names of columns come
 * from definitions, by `name`; what a caller sent is a value.
 */
export class Sql {
  constructor(
    /** One more than there are parts; the same array each time that the same piece is written. */
    readonly texts: readonly string[],
    readonly parts: readonly (Value | Sql)[],
  ) {}
}

/** Writes SQL: what stands in `${}` is a parameter, or another piece. */
export const sql = (texts: TemplateStringsArray, ...parts: (Value | Sql)[]): Sql => new Sql(texts, parts)

/** What is made once for each of our own words. */
function onceForEach<Word>(make: (word: Word) => Sql): (word: Word) => Sql {
  const made = new Map<Word, Sql>()
  return (word) => {
    const known = made.get(word)
    if (known) return known
    const piece = make(word)
    made.set(word, piece)
    return piece
  }
}

export const NOTHING = new Sql([''], [])

const NAME = /^[a-z][a-z0-9_]*$/
const WORD = /^[a-z][a-z0-9_.]*$/

/** The name of a table, a column or a field; one of ours, so one that needs no more than quotes. */
export const name = onceForEach((word: string) => {
  if (!NAME.test(word)) throw new Error(`${word} is no name of ours.`)
  return new Sql([`"${word}"`], [])
})

/** A word of ours as a literal. */
export const word = onceForEach((text: string) => {
  if (!WORD.test(text)) throw new Error(`${text} is no word of ours.`)
  return new Sql([`'${text}'`], [])
})

type Separator = ', ' | ' AND ' | ' OR ' | ' UNION ' | ' '

const joints = new Map<string, readonly string[]>()

/** The texts around so many parts. */
function jointsOf(count: number, separator: Separator): readonly string[] {
  const key = `${count}${separator}`
  const made = joints.get(key) ?? ['', ...Array<string>(count - 1).fill(separator), '']
  joints.set(key, made)
  return made
}

export const join = (parts: readonly Sql[], separator: Separator): Sql =>
  parts.length === 0 ? NOTHING : new Sql(jointsOf(parts.length, separator), parts)
