import type { ActivityType } from '@/lib/contracts/rows/define'
import type { RowContext } from '@/lib/kernel/rows/context'
import { join, NOTHING, name, type Sql, sql, word } from '@/lib/kernel/rows/sql'
import type { RowTable } from '@/lib/kernel/rows/table'
import { uuidv7 } from '@/lib/kernel/rows/uuid'

/** Appends what happened to the rows in `made` to the activities, in the statement in which it happens. */
export function told(
  { tenant, actor }: RowContext,
  { activities }: RowTable,
  type: ActivityType | undefined,
  data: Record<string, unknown> = {},
): Sql {
  if (!activities || !type) return NOTHING
  const { subject, subject_id = 'id', contact, facts = {} } = activities
  // A row's version with this change orders what happened to it; its end comes after the last one.
  const sequence = type === activities.remove ? sql`t.version + 1` : sql`t.version`
  const repeated = join(
    Object.entries(facts).flatMap(([fact, column]) => [word(fact), sql`t.${name(column)}`]),
    ', ',
  )
  return sql`, told AS (
      INSERT INTO activities (id, organization_id, environment, type, actor_kind, actor_id, actor_label, contact_id,
        subject_kind, subject_id, sequence, data)
      SELECT ${uuidv7()}::uuid, ${tenant.organization_id}::uuid, ${tenant.environment}::environment, ${word(type)},
        ${word(actor.kind)}, ${actor.key_id}::uuid, ${actor.key_prefix}, ${contact ? sql`t.${name(contact)}` : sql`NULL`},
        ${word(subject)}, t.${name(subject_id)}, ${subject_id === 'id' ? sequence : sql`NULL`}, ${JSON.stringify(data)}::jsonb || jsonb_build_object(${repeated})
      FROM made t
    )`
}
