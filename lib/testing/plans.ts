import pg from 'pg'
import { vi } from 'vitest'
import { z } from 'zod'
import { pool } from '@/lib/kernel/db/client'

const statement = z.looseObject({ text: z.string(), values: z.array(z.unknown()).optional() })

type Sent = z.output<typeof statement>

/** The statements that `work` sends, in turn. */
export async function sentBy(work: () => Promise<unknown>): Promise<Sent[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return query.mock.calls.flatMap(([first]: unknown[]) => statement.safeParse(first).data ?? [])
  } finally {
    query.mockRestore()
  }
}

/** How Postgres carries out a statement with its values. */
export async function explainPlan({ text, values }: Sent): Promise<string> {
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
