import type { z } from 'zod'
import type { Route } from '@/lib/http/dashboard/route'
import { ROUTES } from '@/lib/http/dashboard/routes'
import { OPERATIONS } from '@/lib/testing/operations'
import type { Sent, Side } from '../side'
import type { Visitor } from '../visitors'
import { type Measured, READ } from './measured'
import { pathOfOperation, pathOfRoute } from './paths'
import { describeQuery, type Query, queriesOf } from './queries'

/** Pages of a hundred that are turned before the one that is measured; fewer where a list ends, or where it takes long. */
const PAGES_BEFORE = 100
const TURNING_MS = 3_000

/** Sends it, and reads the answer to its end. @returns its status */
export async function answered(side: Side, sent: Sent): Promise<number> {
  const reply = await side.send(sent)
  await reply.arrayBuffer()
  return reply.status
}

/** Sends it, and reads the first piece of a file, which is as long as there are rows. @returns its status */
async function begun(side: Side, sent: Sent): Promise<number> {
  const reply = await side.send(sent)
  const reader = reply.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  return reply.status
}

const address = (path: string, parameters: Record<string, string>) => {
  const search = new URLSearchParams(parameters).toString()
  return search ? `${path}?${search}` : path
}

/** A cursor far down the list; null where the list is one page. @param limit rows of each page that is turned */
async function deepCursor(side: Side, path: string, parameters: Record<string, string>, by: Visitor, limit: string) {
  let cursor: string | null = null
  const began = performance.now()
  for (let turned = 0; turned < PAGES_BEFORE && performance.now() - began < TURNING_MS; turned++) {
    const asked = { ...parameters, limit, ...(cursor && { cursor }) }
    const { next_cursor } = await side.page({ path: address(path, asked), by })
    if (!next_cursor) break
    cursor = next_cursor
  }
  return cursor
}

/** The value of a filter that some row of the list has; null where none of the first hundred says it. */
async function valueThere(side: Side, path: string, name: string, by: Visitor): Promise<string | null> {
  const rows = await side.rows({ path: address(path, { limit: '100' }), by })
  const value = rows.map((row) => row[name]).find((found) => found !== null && found !== undefined)
  return value === undefined || typeof value === 'object' ? null : String(value)
}

async function parametersOf(side: Side, path: string, { filter, sort, limit, deep }: Query, by: Visitor) {
  const value = filter && (filter.value ?? (await valueThere(side, path, filter.name, by)))
  if (filter && !value) return null
  const parameters = {
    ...(sort && { sort }),
    ...(limit && { limit }),
    ...(filter && value && { [filter.name]: value }),
  }
  if (!deep) return parameters
  const turn = (rows: string) => deepCursor(side, path, parameters, by, rows)
  const cursor = (await turn('100')) ?? (await turn('10'))
  return { ...parameters, ...(cursor && { cursor }) }
}

type Asked = {
  group: string
  query: z.ZodType | undefined
  reply: z.ZodType | null
  by: Visitor
  pathOn: (side: Side) => Promise<string>
}

const readsOf = ({ group, query, reply, by, pathOn }: Asked): Measured[] =>
  queriesOf(query, reply).map((one) => ({
    group,
    asked: describeQuery(one),
    target: READ,
    async prepare(side) {
      const path = await pathOn(side)
      const parameters = await parametersOf(side, path, one, by)
      const ask = reply === null ? begun : answered
      return parameters && (() => ask(side, { path: address(path, parameters), by }))
    },
  }))

/** Every GET of the API. */
export const apiReads = (): Measured[] =>
  OPERATIONS.filter(({ operation }) => operation.method === 'get').flatMap(({ title, operation }) =>
    readsOf({
      group: title,
      query: operation.query,
      reply: operation.reply.schema,
      by: 'key',
      pathOn: async (side) => `/api/v1${await pathOfOperation(side, operation)}`,
    }),
  )

/** As the table names them, apart from the operations of the API. */
export const titleOfRoute = ({ path }: Route) => `GET dashboard ${path}`

/** Every GET of the dashboard, by an Admin of the organisation, and on the platform by one of its own. */
export const dashboardReads = (): Measured[] =>
  ROUTES.map(({ route }): Route => route)
    .filter(({ method }) => method === 'get')
    .flatMap((route) =>
      readsOf({
        group: titleOfRoute(route),
        query: route.query,
        reply: route.reply.schema,
        by: route.role === 'platform_admin' ? 'platform' : 'admin',
        pathOn: async (side) => `/api/dashboard${await pathOfRoute(side, route)}`,
      }),
    )
