import { z } from 'zod'
import { type Sql, sql } from '@/lib/kernel/rows/kit'
import { longestOf, type ProjectField } from '@/lib/resources/projects/contract'

/** Why records no longer do, once the fields of their project are others. */
export type FieldConflict = {
  field: string
  reason: 'removed' | 'unfit' | 'missing'
  clearable: boolean
  /** Whether the record `t` is one of those. */
  concerns: Sql
}

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

const has = (key: string) => sql`t.data ? ${key}::text`

/** Whether the value that the record `t` has is one of the field. */
function fits(field: ProjectField): Sql {
  const value = sql`(t.data -> ${field.key}::text)`
  const text = sql`((t.data ->> ${field.key}::text) COLLATE "C")`
  const isText = sql`jsonb_typeof(${value}) = 'string'`
  switch (field.type) {
    case 'text':
      return sql`${isText} AND char_length(${text}) <= ${longestOf(field)}::int`
    case 'number':
      return sql`jsonb_typeof(${value}) = 'number'`
    case 'boolean':
      return sql`jsonb_typeof(${value}) = 'boolean'`
    case 'date':
      return sql`${isText} AND ${text} ~ ${z.regexes.date.source}`
    case 'enum':
      return sql`${isText} AND ${text} = ANY (${field.values ?? []}::text[])`
    case 'contact':
      return sql`CASE WHEN ${isText} AND ${text} ~ ${UUID} THEN EXISTS (
        SELECT FROM contacts c WHERE c.organization_id = t.organization_id AND c.environment = t.environment
          AND c.id = ${text}::uuid) ELSE false END`
  }
}

/** Whether some value of the old field may be none of the new one. */
function narrows(before: ProjectField, after: ProjectField): boolean {
  if (before.type !== after.type) return true
  if (before.values?.some((value) => !after.values?.includes(value))) return true
  return after.type === 'text' && after.indexed && !before.indexed
}

/** All that can stand in the way of new fields; where nothing can, no record need be looked at. */
export function conflictsOf(before: readonly ProjectField[], after: readonly ProjectField[]): FieldConflict[] {
  const kept = new Set(after.map(({ key }) => key))
  const removed = before
    .filter(({ key }) => !kept.has(key))
    .map(({ key }): FieldConflict => ({ field: key, reason: 'removed', clearable: true, concerns: has(key) }))
  const changed = after.flatMap((field): FieldConflict[] => {
    const old = before.find(({ key }) => key === field.key)
    const unfit: FieldConflict = {
      field: field.key,
      reason: 'unfit',
      clearable: !field.required,
      concerns: sql`${has(field.key)} AND NOT (${fits(field)})`,
    }
    const missing: FieldConflict = {
      field: field.key,
      reason: 'missing',
      clearable: false,
      concerns: sql`NOT ${has(field.key)}`,
    }
    return [...(old && narrows(old, field) ? [unfit] : []), ...(field.required && !old?.required ? [missing] : [])]
  })
  return [...removed, ...changed]
}
