import { pool } from '@/lib/kernel/db/client'
import { type SentStatement, sentBy } from '@/lib/testing/statements'

/** How Postgres carries out a statement with its values. */
export async function explainPlan({ text, values }: SentStatement): Promise<string> {
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

/** How Postgres plans each of the statements with `part` in their text that `work` sends, in their order. */
export async function plansOf(work: () => Promise<unknown>, part = 'api_keys'): Promise<string[]> {
  const sent = await sentBy(work)
  const plans = []
  for (const one of sent.filter(({ text }) => text.includes(part))) plans.push(await explainPlan(one))
  return plans
}
