import type { TransactionContext } from '@/lib/kernel/rows/implement'
import { name, sql } from '@/lib/kernel/rows/sql'
import type { Step } from '@/lib/work/steps/contract'
import { OWNERS, type Owner } from '@/lib/work/steps/owners'

/** The steps of the row `t`. What a step's kind has no use for is null in the row and absent in a reply. */
export const shownSteps = (kind: Owner['kind']) => {
  const { column } = OWNERS[kind]
  return {
    step_count: sql`(SELECT count(*)::int FROM sequence_steps s WHERE s.${name(column)} = t.id)`,
    steps: sql`(
      SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
        'kind', s.kind, 'subject', s.subject, 'body', s.body, 'title', s.title, 'hours', s.hours)) ORDER BY s.position), '[]')
      FROM sequence_steps s WHERE s.${name(column)} = t.id)`,
  }
}

/** Makes `steps` the steps of a sequence or a flow, instead of those that it has. The caller holds it. */
export async function replaceSteps(
  { db, tenant }: TransactionContext,
  { kind, id }: Owner,
  steps: Step[],
): Promise<void> {
  const owner = { ...tenant, [OWNERS[kind].column]: id }
  await db.step.deleteMany({ where: owner })
  await db.step.createMany({
    data: steps.map((step, index) => ({ ...step, ...owner, position: index + 1 })),
  })
}
