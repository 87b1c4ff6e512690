import type { Operation, OperationInput, OperationResult } from '@/lib/contracts/operation'
import type { Resource } from '@/lib/contracts/rows/resource'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { RowContext, RowRequest } from '@/lib/kernel/rows/context'
import type { RowReply } from '@/lib/kernel/rows/reply'

export type FullContext = ResourceContext & { request: RowRequest }
export type TransactionContext = FullContext & { db: Transaction }

/** Beside what the schema shows, where the reply carries it. Bytes bring their tag along. */
type Versioned<O extends Operation> = O['reply']['bytes'] extends string
  ? unknown
  : O['etag'] extends true
    ? { version: number }
    : unknown

/** What a verb answers: the reply's value, which its schema writes, or a reply that Postgres wrote. */
type Answer<O extends Operation> = (OperationResult<O> & Versioned<O>) | RowReply

type Reading<O extends Operation> = (ctx: FullContext, input: OperationInput<O>) => Promise<Answer<O>>

/** One statement of the kernel's rows: there is nothing else to write with, and only a reply of theirs to answer. */
type Statement<O extends Operation> = (ctx: Omit<RowContext, 'db'>, input: OperationInput<O>) => Promise<RowReply>

/** A verb that takes several statements: all of them happen, with the record of an Idempotency-Key, or none. */
type Work<O extends Operation> = {
  /** `db` is the client, or the transaction that will hold the record. */
  work: (ctx: FullContext, input: OperationInput<O>) => Promise<Answer<O>>
}

type Verb<O extends Operation> = (O['method'] extends 'get' ? Reading<O> : Statement<O>) | Work<O>

/** For functions of the domain, which open a transaction of their own or join the one that there is. */
export const withDatabase = <O extends Operation>(work: Work<O>['work']): Work<O> => ({ work })

/** For statements that belong together. */
export const inOneTransaction = <O extends Operation>(
  verb: (ctx: TransactionContext, input: OperationInput<O>) => Promise<Answer<O>>,
): Work<O> => ({ work: (context, input) => inTransaction(context, (ctx) => verb(ctx, input)) })

/** A verb whose operation is known only at run time; the router has validated its input by that operation. */
export type AnyVerb = (ctx: FullContext, input: { params: unknown; query: unknown; body: unknown }) => Promise<unknown>

/** An operation with the verb that carries it out. */
export class Implemented {
  constructor(
    readonly operation: Operation,
    readonly verb: AnyVerb,
    /** The verb is one statement, which remembers its answer itself. */
    readonly oneStatement: boolean,
  ) {}
}

/**
 * Binds an operation to its verb, checked against each other by their types.
 * @throws Error for a change that replies bytes
 */
export function implement<O extends Operation>(operation: O, verb: Verb<O>): Implemented
export function implement(operation: Operation, verb: AnyVerb | { work: AnyVerb }): Implemented {
  if (operation.reply.bytes !== undefined && operation.method !== 'get') {
    throw new Error(`${operation.path} replies bytes to a change: a retry of it could not be answered.`)
  }
  if (typeof verb === 'object') return new Implemented(operation, verb.work, false)
  return new Implemented(operation, verb, operation.method !== 'get')
}

/** The paths of an operation: its own, and the same under the resource's other name. */
function pathsOf({ name, alias }: Resource, { path }: Operation): Operation['path'][] {
  const own = `/${name}`
  return alias && path.startsWith(own) ? [path, `/${alias}${path.slice(own.length)}`] : [path]
}

/** A resource with all that it serves. */
export type Served = { resource: Resource; implemented: readonly Implemented[] }

/**
 * What a resource serves: its operations, each with its verb.
 * @throws Error for an operation without a verb
 */
export function serve(resource: Resource, verbs: readonly Implemented[]): Served {
  const implemented = Object.entries(resource.operations).flatMap(([name, operation]) => {
    const found = verbs.find((verb) => verb.operation === operation)
    if (!found) throw new Error(`${resource.name}.${name} has no verb.`)
    const { verb, oneStatement } = found
    return pathsOf(resource, operation).map((path) => new Implemented({ ...operation, path }, verb, oneStatement))
  })
  return { resource, implemented }
}
