import { type FieldError, notFound, validationFailed } from '@/lib/base/errors'
import { change, create, hold, own, sql, type TransactionContext, table } from '@/lib/kernel/rows/kit'
import type { ProjectField } from '@/lib/resources/projects/contract'
import { recordRows } from '@/lib/resources/projects/records/contract'
import { fitted, type RecordData, type SentData } from '@/lib/resources/projects/records/fit'

export const records = table(recordRows)

/** The fields of a project, which stay until the transaction ends; other records may be written meanwhile. */
async function shareFields(ctx: TransactionContext, project_id: string): Promise<ProjectField[]> {
  const [project] = await own<{ fields: ProjectField[] }>(
    ctx,
    (mine) => sql`SELECT t.fields FROM projects t WHERE ${mine('t')} AND t.id = ${project_id}::uuid FOR SHARE`,
  )
  if (!project) throw notFound('project')
  return project.fields
}

/** What of the data names no contact of the tenant. The others are held: none goes before the record refers to it. */
async function contactsMissing(
  ctx: TransactionContext,
  fields: readonly ProjectField[],
  sent: SentData,
): Promise<FieldError[]> {
  const named = fields.flatMap(({ key, type }) => {
    const value = Object.hasOwn(sent, key) ? sent[key] : null
    return type === 'contact' && typeof value === 'string' ? [{ key, id: value.toLowerCase() }] : []
  })
  if (named.length === 0) return []
  const there = await own<{ id: string }>(
    ctx,
    (mine) => sql`
      SELECT c.id FROM contacts c WHERE ${mine('c')} AND c.id = ANY (${named.map(({ id }) => id)}::uuid[])
      ORDER BY c.id FOR KEY SHARE`,
  )
  const known = new Set(there.map(({ id }) => id))
  return named
    .filter(({ id }) => !known.has(id))
    .map(({ key }) => ({ path: `data.${key}`, message: 'There is no such contact.' }))
}

/** @throws DomainError validation_failed naming each field of the data that does not do */
async function checkedData(
  ctx: TransactionContext,
  fields: readonly ProjectField[],
  before: RecordData,
  sent: SentData,
): Promise<RecordData> {
  const { data, errors } = fitted(fields, before, sent)
  if (errors.length > 0) throw validationFailed(errors)
  const missing = await contactsMissing(ctx, fields, sent)
  if (missing.length > 0) throw validationFailed(missing)
  return data
}

/** @throws DomainError not_found where there is no such project; validation_failed */
export async function createRecord(ctx: TransactionContext, project_id: string, { data: sent }: { data: SentData }) {
  const fields = await shareFields(ctx, project_id)
  const data = await checkedData(ctx, fields, {}, sent)
  return create(ctx, records, { data }, { project_id })
}

/** How a record is found: in its project only. */
export const inProject = ({ id, record_id }: { id: string; record_id: string }) => ({ project_id: id, id: record_id })

/** @throws DomainError not_found, precondition_failed, validation_failed */
export async function updateRecord(
  ctx: TransactionContext,
  params: { id: string; record_id: string },
  { data: sent = {} }: { data?: SentData | undefined },
) {
  const fields = await shareFields(ctx, params.id)
  const at = inProject(params)
  await hold(ctx, records, { id: at.id })
  const [record] = await own<{ data: RecordData }>(
    ctx,
    (mine) => sql`
      SELECT t.data FROM records t WHERE ${mine('t')} AND t.project_id = ${at.project_id}::uuid AND t.id = ${at.id}::uuid`,
  )
  if (!record) throw notFound('record')
  const data = await checkedData(ctx, fields, record.data, sent)
  return change(ctx, records, at, { data })
}
