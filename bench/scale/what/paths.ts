import type { Operation } from '@/lib/contracts/operation'
import type { Route } from '@/lib/http/dashboard/route'
import { MAKER_EMAIL, MEASURED_SLUG } from '../data/people-rows'
import type { Side } from '../side'

const idOf = (row: Record<string, unknown> | undefined, list: string): string => {
  if (typeof row?.id !== 'string') throw new Error(`${list} has no row with an id.`)
  return row.id
}

const PARAMETER = /^\{(\w+)\}$/

/** The id of the first row of a list of the API, such as `/contacts`; of the first active one, where some are: the others take nothing. */
export async function firstOf(side: Side, list: string): Promise<string> {
  const path = `/api/v1${list}?limit=100`
  const rows = await side.rows({ path, by: 'key' })
  return idOf(rows.find(({ status }) => status === 'active') ?? rows[0], path)
}

type IdIn = (side: Side, list: string) => Promise<string>

/**
 * The path of an operation on rows that there are, below `/api/v1`.
 * @param last gives the row that the last parameter names; else it is the first of its list, as all others are
 */
export async function pathOfOperation(side: Side, { path, references }: Operation, last: IdIn = firstOf) {
  const segments = path.split('/').slice(1)
  const final = segments.findLastIndex((segment) => PARAMETER.test(segment))
  let written = ''
  for (const [at, segment] of segments.entries()) {
    const name = PARAMETER.exec(segment)?.[1]
    const list = (name && references?.[name]) ?? written
    written += `/${name ? await (at === final ? last : firstOf)(side, list) : segment}`
  }
  return written
}

/** Where the dashboard lists what `:id` names: the member is the one with most of the keys. */
const NAMED: Partial<Record<NonNullable<Route['names']>, string>> = {
  'API key': `/orgs/${MEASURED_SLUG}/keys`,
  team: `/orgs/${MEASURED_SLUG}/teams`,
  webhook: `/orgs/${MEASURED_SLUG}/webhooks`,
  user: `/orgs/${MEASURED_SLUG}/members?q=${MAKER_EMAIL}`,
}

/** The path of a route of the dashboard on the organisation that is measured, below `/api/dashboard`. */
export async function pathOfRoute(side: Side, { path, names }: Route): Promise<string> {
  if (!path.includes(':id')) return path.replace(/:(org|slug)\b/, MEASURED_SLUG)
  const list = names && NAMED[names]
  if (!list) throw new Error(`Say in NAMED where there is the ${names ?? 'row'} that ${path} is about.`)
  const firstIn = async (at: string) => idOf((await side.rows({ path: `/api/dashboard${at}`, by: 'admin' }))[0], at)
  const written = path.replace(':org', MEASURED_SLUG).replace(':id', await firstIn(list))
  // What stands below it is in the list that its address begins with.
  const [below, ...rest] = written.split(/\/:\w+/)
  return below === undefined || rest.length === 0 ? written : `${below}/${await firstIn(below)}${rest.join('')}`
}
