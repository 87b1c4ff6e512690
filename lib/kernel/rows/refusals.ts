import { DomainError, type FieldError, notFound, validationFailed } from '@/lib/base/errors'
import type { Reference } from '@/lib/contracts/rows/field'
import { hasState } from '@/lib/kernel/db/failure'
import type { RowContext } from '@/lib/kernel/rows/context'
import { run } from '@/lib/kernel/rows/run'
import { name, sql, type Value } from '@/lib/kernel/rows/sql'
import { type Having, having, ofTenant, type RowTable } from '@/lib/kernel/rows/table'

/** What the database itself refused, told in the product's terms. It takes a second look to say it well. */

type Given = Record<string, unknown>

const FOREIGN_KEY_VIOLATION = '23503'
// What ON DELETE RESTRICT is called from Postgres 18 on.
const RESTRICT_VIOLATION = '23001'
const UNIQUE_VIOLATION = '23505'
const DEADLOCK = '40P01'

/** Two requests with one Idempotency-Key ended at once. */
export const isOfRecord = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'idempotency_records_pkey'

const isValue = (value: unknown): value is Value => typeof value === 'string' || typeof value === 'number'

/** The values of all these columns; null when one is not given. */
function valuesOf(given: Given, columns: readonly string[]): Having | null {
  const values: Having = {}
  for (const column of columns) {
    const value = given[column]
    if (!isValue(value)) return null
    values[column] = value
  }
  return values
}

/** The refusal of a value that another row has, naming that row. */
export async function alreadyExists(ctx: RowContext, rows: RowTable, given: Given): Promise<DomainError> {
  const { unique = [], table, one } = rows
  for (const { columns, told } of unique) {
    const values = valuesOf(given, columns)
    if (!values) continue
    const other = sql`SELECT t.id FROM ${name(table)} t WHERE ${ofTenant(ctx)} AND ${having(values)}`
    const [found] = await run<{ id: string }>(other, { prepared: true })
    if (found) return new DomainError('already_exists', told, { existing_id: found.id })
  }
  return new DomainError('already_exists', unique[0]?.told ?? `There is such a ${one} already.`)
}

async function isThere(ctx: RowContext, { table, column = 'id', shared }: Reference, id: string): Promise<boolean> {
  const own = shared ? sql`t.organization_id = ${ctx.tenant.organization_id}::uuid` : ofTenant(ctx)
  const other = sql`SELECT true AS found FROM ${name(table)} t WHERE ${own} AND ${having({ [column]: id })}`
  const found = await run(other, { prepared: true })
  return found.length > 0
}

/** The refusal of references to nothing, naming each. */
async function refersToNothing(ctx: RowContext, { fields, within }: RowTable, given: Given): Promise<DomainError> {
  const wrong: FieldError[] = []
  for (const [path, { reference }] of Object.entries(fields)) {
    const id = given[path]
    if (!reference || typeof id !== 'string' || (await isThere(ctx, reference, id))) continue
    wrong.push({ path, message: `There is no such ${reference.one}.` })
  }
  return wrong.length > 0 ? validationFailed(wrong) : notFound(within?.one ?? 'row')
}

/**
 * Runs a statement that writes what a caller gave.
 * @throws DomainError already_exists, validation_failed
 */
export async function writing<Result>(
  ctx: RowContext,
  rows: RowTable,
  given: Given,
  statement: () => Promise<Result>,
): Promise<Result> {
  try {
    return await statement()
  } catch (error) {
    if (hasState(error, FOREIGN_KEY_VIOLATION)) throw await refersToNothing(ctx, rows, given)
    const collides = hasState(error, UNIQUE_VIOLATION, DEADLOCK) && !isOfRecord(error)
    if (rows.unique && collides) throw await alreadyExists(ctx, rows, given)
    throw error
  }
}

/**
 * Runs a statement that removes.
 * @throws DomainError in_use
 */
export async function removing<Result>({ one }: RowTable, statement: () => Promise<Result>): Promise<Result> {
  try {
    return await statement()
  } catch (error) {
    if (!hasState(error, FOREIGN_KEY_VIOLATION, RESTRICT_VIOLATION)) throw error
    throw new DomainError('in_use', `Other rows refer to this ${one}. Change or delete those first.`)
  }
}
