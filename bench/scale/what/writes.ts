import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Operation } from '@/lib/contracts/operation'
import { type NamedOperation, OPERATIONS, sampleBody } from '@/lib/testing/operations'
import type { Side } from '../side'
import { type Measured, WRITE } from './measured'
import { firstOf, pathOfOperation } from './paths'
import { answered } from './reads'

/**
 * Would end the key that everything is measured with, take members away, whom no operation brings back, or wants a mail
 * server.
 */
const CANNOT_BE_REPEATED = ['POST /me/revoke', 'DELETE /users/{id}', 'POST /email/send']

const withId = z.object({ id: z.string() })

/** A new row, what became of several, or the one that has been made of the example before. */
const creationReply = z.union([
  withId,
  z.object({ existing_id: z.string() }).transform(({ existing_id }) => ({ id: existing_id })),
  z.object({ data: z.tuple([withId], z.unknown()) }).transform(({ data }) => data[0]),
])

/** What the contract gives as its example, on rows made for it, with an address and a domain that no row has yet. */
async function newBody(side: Side, operation: Operation): Promise<unknown> {
  const body = await sampleBody(operation, (list) => freshIn(side, list))
  if (body === undefined) return undefined
  return JSON.parse(JSON.stringify(body).replaceAll('example.com', `${randomBytes(6).toString('hex')}.example`))
}

const formOf = ({ path }: Operation) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)

/** The operation of this method on a path, which may have ids in it. */
const find = (method: string, at: string) =>
  OPERATIONS.find(({ operation }) => operation.method === method && formOf(operation).test(at))?.operation

/** The last row made in a list, by the list's path. */
const lastMade = new WeakMap<Side, Map<string, string>>()

/** Takes away the last one before the next is made: of some rows an organisation may have only so many. */
async function makeIn(side: Side, list: string, creation: Operation): Promise<string> {
  const path = `/api/v1${list}`
  const made = lastMade.get(side) ?? new Map<string, string>()
  lastMade.set(side, made)
  const last = made.get(list)
  if (last && find('delete', `${list}/${last}`))
    await side.send({ method: 'DELETE', path: `${path}/${last}`, by: 'key' })
  const reply = await side.send({ method: 'POST', path, by: 'key', body: await newBody(side, creation) })
  const { id } = creationReply.parse(await reply.json())
  made.set(list, id)
  return id
}

/** A row that nobody else is at: made for it by the list's POST, where rows come by one, else the first there is now. */
async function freshIn(side: Side, list: string): Promise<string> {
  const path = `/api/v1${list}`
  const creation = find('post', list)
  if (creation) return makeIn(side, list, creation)
  const { data } = await side.page({ path: `${path}?limit=1`, by: 'key' })
  return withId.parse(data[0]).id
}

/** Whether it changes the row that its path names; else it adds to what that row has, or takes from it. */
function isOfOneRow({ path }: Operation): boolean {
  const isOne = (at: string) => at.endsWith('}')
  return isOne(path) || (isOne(path.slice(0, path.lastIndexOf('/'))) && !find('get', path))
}

async function prepare(side: Side, { operation, resource }: NamedOperation) {
  // Additions go where there is most already.
  const path = `/api/v1${await pathOfOperation(side, operation, isOfOneRow(operation) ? freshIn : firstOf)}`
  const sent = async (one: Operation) =>
    ({ method: one.method.toUpperCase(), path, by: 'key', body: await newBody(side, one) }) as const
  const before = operation.before && resource.operations[operation.before]
  if (before) await answered(side, await sent(before))
  const call = await sent(operation)
  return () => answered(side, call)
}

/** Every change over the API that can be made again and again, of rows made for it. */
export const apiWrites = (): Measured[] =>
  OPERATIONS.filter(({ title, operation }) => operation.method !== 'get' && !CANNOT_BE_REPEATED.includes(title)).map(
    (one) => ({
      group: one.title,
      asked: '',
      target: WRITE,
      changes: true,
      prepare: (side) => prepare(side, one),
    }),
  )
