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

/** The result of `work`; when its first statement that `matches` has been answered, `meanwhile` happens before it goes on. */
export async function afterStatement<Result>(
  matches: RegExp,
  meanwhile: () => Promise<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const { query } = pg.Client.prototype
  const watched = vi.spyOn(pg.Client.prototype, 'query')
  watched.mockImplementation(function (this: pg.Client, ...sent: unknown[]): unknown {
    const answer: unknown = Reflect.apply(query, this, sent)
    if (!(answer instanceof Promise) || !matches.test(textOf(sent[0]))) return answer
    watched.mockRestore()
    return answer.then(async (rows: unknown) => {
      await meanwhile()
      return rows
    })
  })
  try {
    return await work()
  } finally {
    watched.mockRestore()
  }
}
