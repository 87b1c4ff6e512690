import type { AnyRows } from '@/lib/contracts/rows/define'
import type { Resource } from '@/lib/contracts/rows/resource'
import { documentedOperations } from '@/lib/docs/operations'
import { wireSchema } from '@/lib/http/api/openapi/schemas'

/** The states of rows, and how one leads to another. */
export type DrawnStates = {
  /** Whose states they are: `tasks`. */
  many: string
  /** The field that tells the state. */
  field: string
  /** In the contract's order. One without moves is left by no call. */
  states: { name: string; moves: { name: string; to: string; href: string }[] }[]
}

/** Every state that the field knows, also one that no move leads to; of a field without a list, those of the moves. */
function namesOf({ fields }: AnyRows, { field, moves }: NonNullable<AnyRows['states']>): string[] {
  const { shown } = fields[field] ?? {}
  const listed = shown ? (wireSchema(shown, new Map()).enum ?? []) : []
  const moved = Object.values(moves).flatMap(({ from, to }) => [...from, to])
  return [...new Set([...listed.map(String), ...moved])]
}

function draw(resource: Resource, rows: AnyRows): DrawnStates[] {
  const { states, many, row } = rows
  if (!states) return []
  const operations = documentedOperations([resource]).filter(({ operation }) => operation.reply.schema === row)
  const hrefOf = (move: string) => operations.find(({ operation }) => operation.move === move)?.href
  const moves = Object.entries(states.moves).flatMap(([name, { from, to }]) => {
    const href = hrefOf(name)
    // A move that no operation makes is the product's own.
    return href === undefined ? [] : [{ name, from, to, href }]
  })
  const leaving = (state: string) =>
    moves.filter(({ from }) => from.includes(state)).map(({ name, to, href }) => ({ name, to, href }))
  const drawn = namesOf(rows, states).map((name) => ({ name, moves: leaving(name) }))
  return [{ many, field: states.field, states: drawn }]
}

/** Draws the states of each kind of rows that a resource has; empty: it has none with states. */
export const drawStates = (resource: Resource): DrawnStates[] =>
  (resource.rows ?? []).flatMap((rows) => draw(resource, rows))

/** The drawing to which a move of an operation belongs; null for an operation that makes none. */
export const drawStatesAround = (resource: Resource, href: string): DrawnStates | null =>
  drawStates(resource).find(({ states }) => states.some(({ moves }) => moves.some((move) => move.href === href))) ??
  null
