import { DomainError, notFound } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import { type FullContext, get, hold, join, own, sql, type TransactionContext, table } from '@/lib/kernel/rows/kit'
import { type ProjectField, projectRows } from '@/lib/resources/projects/contract'
import { conflictsOf, type FieldConflict } from '@/lib/resources/projects/fields/conflicts'
import { type KeptOfFields, keptOf, wantsRewriting } from '@/lib/resources/projects/fields/slots'

/** Records that one call may write: what takes longer would outlast its caller. */
const MOST_WRITTEN = 25_000

export const projects = table(projectRows, { given: ['slots', 'contact_fields'] })

type Declared = KeptOfFields & { fields: ProjectField[] }
type Counted = Omit<FieldConflict, 'concerns'> & { records: number }
type Found = {
  /** Records that would no longer do. */
  records: number
  conflicts: Counted[]
}

async function declaredBy(ctx: FullContext, id: string): Promise<Declared> {
  const [project] = await own<Declared>(
    ctx,
    (mine) => sql`SELECT t.fields, t.slots, t.contact_fields FROM projects t WHERE ${mine('t')} AND t.id = ${id}::uuid`,
  )
  if (!project) throw notFound('project')
  return project
}

const anyOf = (conflicts: readonly FieldConflict[]) =>
  join(
    conflicts.map(({ concerns }) => sql`(${concerns})`),
    ' OR ',
  )

async function count(ctx: FullContext, id: string, conflicts: readonly FieldConflict[]): Promise<Found> {
  if (conflicts.length === 0) return { records: 0, conflicts: [] }
  const each = conflicts.map(({ concerns }) => sql`count(*) FILTER (WHERE ${concerns})`)
  const [found] = await own<{ records: number; each: number[] }>(
    ctx,
    (mine) => sql`
      SELECT (count(*) FILTER (WHERE ${anyOf(conflicts)}))::int AS records, ARRAY[${join(each, ', ')}]::int[] AS each
      FROM records t WHERE ${mine('t')} AND t.project_id = ${id}::uuid`,
    { passing: true },
  )
  const counted = conflicts.map(({ concerns: _, ...conflict }, index) => ({
    ...conflict,
    records: found?.each[index] ?? 0,
  }))
  return { records: found?.records ?? 0, conflicts: counted.filter(({ records }) => records > 0) }
}

/**
 * How many records would no longer do with these fields. Changes nothing.
 * @throws DomainError not_found
 */
export async function checkFields(ctx: FullContext, id: string, fields: ProjectField[]): Promise<Found> {
  const before = await declaredBy(ctx, id)
  return count(ctx, id, conflictsOf(before.fields, fields))
}

const WHY: Record<FieldConflict['reason'], string> = {
  removed: 'a value of this field.',
  unfit: 'a value that the new field does not take.',
  missing: 'no value. Fill it in before you require it.',
}

function refused({ records, conflicts }: Found): DomainError {
  const errors = conflicts.map(({ field, reason, records: those }) => ({
    path: `fields.${field}`,
    message: `${those === 1 ? '1 record has' : `${those} records have`} ${WHY[reason]}`,
  }))
  const advice = conflicts.every(({ clearable }) => clearable)
    ? 'Send on_conflict: "clear" to take these values away.'
    : 'A required field is never cleared: mend those records first.'
  const detail = `With these fields ${records === 1 ? '1 record' : `${records} records`} would no longer do. ${advice}`
  return new DomainError('in_use', detail, { errors })
}

/** @throws DomainError in_use where the project has more records than one call writes */
async function requireFew(ctx: TransactionContext, id: string): Promise<void> {
  const [more] = await own(
    ctx,
    (mine) =>
      sql`SELECT FROM records t WHERE ${mine('t')} AND t.project_id = ${id}::uuid OFFSET ${MOST_WRITTEN}::int LIMIT 1`,
  )
  if (!more) return
  const most = MOST_WRITTEN.toLocaleString('en')
  throw new DomainError(
    'in_use',
    `This project has more than ${most} records: too many to change or index in one call.`,
  )
}

/** Takes away what no longer does; where `all` are written, their keys and contacts are kept anew. */
async function write(ctx: TransactionContext, id: string, conflicts: readonly FieldConflict[], all: boolean) {
  const clear = conflicts.length > 0
  const gone = conflicts.map(({ field, concerns }) => sql`CASE WHEN ${concerns} THEN ${field}::text END`)
  const data = clear ? sql`t.data - array_remove(ARRAY[${join(gone, ', ')}], NULL)` : sql`t.data`
  const touched = clear
    ? sql`CASE WHEN ${anyOf(conflicts)} THEN greatest(clock_timestamp(), t.created_at) ELSE t.updated_at END`
    : sql`t.updated_at`
  await own(
    ctx,
    (mine) => sql`
      UPDATE records t SET data = ${data}, updated_at = ${touched}
      WHERE ${mine('t')} AND t.project_id = ${id}::uuid AND ${all ? sql`true` : sql`(${anyOf(conflicts)})`}`,
    { passing: true },
  )
}

type NewFields = { fields: ProjectField[]; on_conflict: 'refuse' | 'clear' }

const differing = (before: readonly ProjectField[], after: readonly ProjectField[]): string[] => {
  const written = (fields: readonly ProjectField[], key: string) => {
    const field = fields.find((one) => one.key === key)
    return field && JSON.stringify([field.label, field.type, field.values, field.required, field.indexed])
  }
  const keys = new Set([...before, ...after].map(({ key }) => key))
  return [...keys].filter((key) => written(before, key) !== written(after, key))
}

/**
 * Sets the fields of a project. Whoever writes a record shares the project's row, which is held here: a record is checked
 * by the fields before, and counted here, or by the fields afterwards.
 * @throws DomainError not_found, precondition_failed; in_use where records would no longer do
 */
export async function setFields(ctx: TransactionContext, id: string, { fields, on_conflict }: NewFields) {
  await hold(ctx, projects, { id })
  const before = await declaredBy(ctx, id)
  const conflicts = conflictsOf(before.fields, fields)
  const found = await count(ctx, id, conflicts)
  const stays = on_conflict === 'refuse' || found.conflicts.some(({ clearable }) => !clearable)
  if (found.records > 0 && stays) throw refused(found)
  const after = keptOf(fields, before.slots)
  const all = wantsRewriting(before, { fields, slots: after.slots })
  if (all || found.records > MOST_WRITTEN) await requireFew(ctx, id)
  await own(
    ctx,
    (mine) => sql`
      UPDATE projects t SET fields = ${JSON.stringify(fields)}::jsonb, slots = ${after.slots}::text[],
        contact_fields = ${after.contact_fields}::text[], updated_at = greatest(clock_timestamp(), t.created_at)
      WHERE ${mine('t')} AND t.id = ${id}::uuid`,
  )
  const cleared = found.records > 0 ? conflicts.filter(({ clearable }) => clearable) : []
  if (all || cleared.length > 0) await write(ctx, id, cleared, all)
  const data = { fields: differing(before.fields, fields), cleared: found.records }
  await recordActivities(ctx, [{ type: 'project.fields_changed', subject: { kind: 'project', id }, data }])
  return get(ctx, projects, { id })
}
