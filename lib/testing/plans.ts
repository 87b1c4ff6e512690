import pg from 'pg'
import { vi } from 'vitest'
import { z } from 'zod'
import { pool } from '@/lib/kernel/db/client'

const statement = z.looseObject({ text: z.string(), values: z.array(z.unknown()).optional() })

type Statement = z.output<typeof statement>

/** What `work` sends to the database that has `part` in its text. */
async function sent(work: () => Promise<unknown>, part: string): Promise<Statement[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    const all = query.mock.calls.flatMap(([first]: unknown[]) => statement.safeParse(first).data ?? [])
    return all.filter(({ text }) => text.includes(part))
  } finally {
    query.mockRestore()
  }
}

/** How Postgres plans each of the statements with `part` in their text that `work` sends, in their order. */
export async function plansOf(work: () => Promise<unknown>, part = 'api_keys'): Promise<string[]> {
  const plans = []
  for (const { text, values } of await sent(work, part)) {
    const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  return plans
}
