import pg from 'pg'
import { vi } from 'vitest'
import { z } from 'zod'
import { pool } from '@/lib/kernel/db/client'

const statement = z.looseObject({ text: z.string(), values: z.array(z.unknown()).optional() })

type Statement = z.output<typeof statement>

/** What `work` sends to the database that names `table`, without what it sends in vain. */
async function sent(work: () => Promise<unknown>, table: string): Promise<Statement[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    const all = query.mock.calls.flatMap(([first]: unknown[]) => statement.safeParse(first).data ?? [])
    return all.filter(({ text }) => text.includes(table))
  } finally {
    query.mockRestore()
  }
}

/** How Postgres plans each of the statements about `table` that `work` sends, in their order. */
export async function plansOf(work: () => Promise<unknown>, table = 'api_keys'): Promise<string[]> {
  const plans = []
  for (const { text, values } of await sent(work, table)) {
    const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  return plans
}
