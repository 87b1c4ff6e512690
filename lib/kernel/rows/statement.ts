import { createHash } from 'node:crypto'
import { Sql, type Value } from '@/lib/kernel/rows/sql'

/** A statement as `pg` takes it. */
export type Statement = {
  /** With `$1` in the first hole. */
  text: string
  values: Value[]
  /** The same for the same text, in every process. */
  name: string
}

/** The text of a piece and all in it. */
function write(piece: Sql): string {
  let holes = 0
  const written = (one: Sql): string =>
    one.texts.reduce((all, text, index) => {
      const part = one.parts[index - 1]
      holes += part instanceof Sql ? 0 : 1
      return `${all}${part instanceof Sql ? written(part) : `$${holes}`}${text}`
    })
  return written(piece)
}

const VALUE = Symbol('a parameter')

/**
 * How statements are made of their pieces, as a tree: a step for each piece and each parameter. Whatever was composed in
 * the same way has the same text, which is written and named once; to write it for each call took longer than to run it.
 */
class Shape {
  readonly #next = new Map<readonly string[] | typeof VALUE, Shape>()
  #known: Pick<Statement, 'text' | 'name'> | null = null

  after(step: readonly string[] | typeof VALUE): Shape {
    const known = this.#next.get(step)
    if (known) return known
    const made = new Shape()
    this.#next.set(step, made)
    return made
  }

  known(piece: Sql): Pick<Statement, 'text' | 'name'> {
    if (this.#known) return this.#known
    const text = write(piece)
    this.#known = { text, name: `rows_${createHash('sha256').update(text).digest('hex').slice(0, 16)}` }
    return this.#known
  }
}

const start = new Shape()

/** Walks through the pieces: gathers the values, and finds the shape. */
function walk(piece: Sql, from: Shape, values: Value[]): Shape {
  let shape = from.after(piece.texts)
  for (const part of piece.parts) {
    if (part instanceof Sql) {
      shape = walk(part, shape, values)
    } else {
      values.push(part)
      shape = shape.after(VALUE)
    }
  }
  return shape
}

/** A statement of which there are few shapes: each is kept. */
export function keptStatement(piece: Sql): Statement {
  const values: Value[] = []
  const { text, name } = walk(piece, start, values).known(piece)
  return { text, name, values }
}

const valuesOf = (piece: Sql): Value[] => piece.parts.flatMap((part) => (part instanceof Sql ? valuesOf(part) : [part]))

/** A statement that a caller may ask for in thousands of shapes: nothing of it is kept. */
export const passingStatement = (piece: Sql): Omit<Statement, 'name'> => ({
  text: write(piece),
  values: valuesOf(piece),
})
