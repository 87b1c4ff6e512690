import pg from 'pg'
import { vi } from 'vitest'
import { z } from 'zod'

/** What is written behind the replies, now and then, and what each new connection starts with. */
const BESIDE =
  /(INTO|UPDATE) (key_last_uses|key_usage|key_networks|key_pressures)\b|^SELECT pg_catalog\.set_config\(name/

const textOf = (query: unknown): string => (typeof query === 'string' ? query : String(Object(query).text))

const statement = z.looseObject({ text: z.string(), values: z.array(z.unknown()).optional() })

export type SentStatement = z.output<typeof statement>

/** All that `work` sends to the database, in turn, as it is given to the driver. */
async function queriesOf(work: () => Promise<unknown>): Promise<unknown[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return query.mock.calls.map(([first]: unknown[]) => first).filter((first) => !BESIDE.test(textOf(first)))
  } finally {
    query.mockRestore()
  }
}

/** The statements that `work` sends, in turn, without what is sent as bare text, as transactions are opened and closed. */
export const sentBy = async (work: () => Promise<unknown>): Promise<SentStatement[]> =>
  (await queriesOf(work)).flatMap((query) => statement.safeParse(query).data ?? [])

/** The statements with parameters that `work` sends: to be explained as they are. */
export const statementsOf = async (work: () => Promise<unknown>) =>
  (await sentBy(work)).flatMap(({ text, values }) => (values ? { text, values } : []))

/** The texts of all that `work` sends, what opens and closes transactions among them. */
export const textsOf = async (work: () => Promise<unknown>): Promise<string[]> => (await queriesOf(work)).map(textOf)

/** How many statements `work` sends, those that open and close transactions among them. */
export const countStatements = async (work: () => Promise<unknown>): Promise<number> => (await textsOf(work)).length

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
