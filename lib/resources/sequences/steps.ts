import { sql, type TransactionContext, table } from '@/lib/kernel/rows/kit'
import { type Step, sequenceRows, summaryRows } from '@/lib/resources/sequences/contract'

const step_count = sql`(SELECT count(*)::int FROM sequence_steps s WHERE s.sequence_id = t.id)`

/** What a step's kind has no use for is null in the row and absent in a reply. */
const steps = sql`(
  SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
    'kind', s.kind, 'subject', s.subject, 'body', s.body, 'title', s.title, 'hours', s.hours)) ORDER BY s.position), '[]')
  FROM sequence_steps s WHERE s.sequence_id = t.id)`

export const summaries = table(summaryRows, { shown: { step_count } })
export const sequences = table(sequenceRows, { shown: { step_count, steps } })

/** Makes `steps` the steps of a sequence, instead of those that it has. The caller holds the sequence. */
export async function replaceSteps(
  { db, tenant }: TransactionContext,
  sequence_id: string,
  steps: Step[],
): Promise<void> {
  await db.step.deleteMany({ where: { ...tenant, sequence_id } })
  await db.step.createMany({
    data: steps.map((step, index) => ({ ...step, ...tenant, sequence_id, position: index + 1 })),
  })
}
