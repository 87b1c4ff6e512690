import pg from 'pg'
import { vi } from 'vitest'
import { z } from 'zod'

/** What is written behind the replies, now and then, and what each new connection starts with. */
const BESIDE = /(INTO|UPDATE) (key_last_uses|key_usage|key_networks)\b|\bset_config\(/

const textOf = (query: unknown): string => (typeof query === 'string' ? query : String(Object(query).text))

const parameterised = z.looseObject({ text: z.string(), values: z.array(z.unknown()) })

/** The statements with parameters that `work` sends: to be explained as they are. */
export async function statementsOf(work: () => Promise<unknown>) {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return query.mock.calls.flatMap(([first]: unknown[]) => parameterised.safeParse(first).data ?? [])
  } finally {
    query.mockRestore()
  }
}

/** How many statements `work` sends to the database, those that open and close transactions among them. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return query.mock.calls.filter(([sent]) => !BESIDE.test(textOf(sent))).length
  } finally {
    query.mockRestore()
  }
}
