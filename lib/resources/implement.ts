import type { ResourceContext } from '@/lib/actors/context'
import type { Operation, OperationInput, OperationResult, Resource } from '@/lib/contracts/operation'
import { inTransaction, type Transaction } from '@/lib/db/transaction'
import type { RowContext, RowRequest } from '@/lib/kernel/rows/context'
import type { RowReply } from '@/lib/kernel/rows/reply'

/** What a verb answers: the reply's value, which its schema writes, or a reply that Postgres wrote. */
type Answered<O extends Operation> = Promise<OperationResult<O> | RowReply>

/** A reading verb may ask the database in any way; a changing one has the kernel's rows, each of them one statement. */
type VerbContext<O extends Operation> = O['method'] extends 'get' ? FullContext : Omit<RowContext, 'db'>

export type FullContext = ResourceContext & { request: RowRequest }

type Verb<O extends Operation> = (ctx: VerbContext<O>, input: OperationInput<O>) => Answered<O>

/** A verb that takes several statements: all of them happen, with the record of an Idempotency-Key, or none. */
export type TransactionVerb<O extends Operation> = {
  inTransaction: (ctx: FullContext & { db: Transaction }, input: OperationInput<O>) => Answered<O>
}

export const inOneTransaction = <O extends Operation>(
  verb: TransactionVerb<O>['inTransaction'],
): TransactionVerb<O> => ({ inTransaction: verb })

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

/** Binds an operation to its verb, checked against each other by their types. */
export function implement<O extends Operation>(operation: O, verb: Verb<O> | TransactionVerb<O>): Implemented
export function implement(operation: Operation, verb: AnyVerb | { inTransaction: AnyVerb }): Implemented {
  if (typeof verb === 'function') return new Implemented(operation, verb, operation.method !== 'get')
  return new Implemented(
    operation,
    (context, input) => inTransaction(context, (ctx) => verb.inTransaction(ctx, input)),
    false,
  )
}

/** The paths of an operation: its own, and the same under the resource's other name. */
function pathsOf({ name, alias }: Resource, { path }: Operation): Operation['path'][] {
  const own = `/${name}`
  return alias && path.startsWith(own) ? [path, `/${alias}${path.slice(own.length)}`] : [path]
}

/**
 * What a resource serves: its operations, each with its verb.
 * @param verbs the module of the verbs; what else it exports is left alone
 * @throws Error for an operation without a verb
 */
export function serve(resource: Resource, verbs: Record<string, unknown>): Implemented[] {
  const implemented = Object.values(verbs).filter((verb) => verb instanceof Implemented)
  return Object.entries(resource.operations).flatMap(([name, operation]) => {
    const found = implemented.find((one) => one.operation === operation)
    if (!found) throw new Error(`${resource.name}.${name} has no verb.`)
    return pathsOf(resource, operation).map(
      (path) => new Implemented({ ...operation, path }, found.verb, found.oneStatement),
    )
  })
}

type HandlersOf<R extends Resource> = {
  [Name in keyof R['operations']]: (
    ctx: FullContext,
    input: OperationInput<R['operations'][Name]>,
  ) => Promise<OperationResult<R['operations'][Name]>>
}

/** Binds a resource's operations to its verbs, checked against each other by their types. */
export function implementAll<const R extends Resource>(resource: R, handlers: HandlersOf<R>): Implemented[] {
  return Object.entries(resource.operations).flatMap(([name, operation]) => {
    const handler: AnyVerb | undefined = Object.entries(handlers).find(([known]) => known === name)?.[1]
    if (!handler) throw new Error(`${resource.name}.${name} has no handler.`)
    return pathsOf(resource, operation).map((path) => new Implemented({ ...operation, path }, handler, false))
  })
}
