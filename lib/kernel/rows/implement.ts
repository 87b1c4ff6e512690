import type { Operation, OperationInput, OperationResult, Resource } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'

type HandlerOf<O extends Operation> = (ctx: ResourceContext, input: OperationInput<O>) => Promise<OperationResult<O>>

/** One handler for each operation of a resource: a missing one, or one of another shape, is a type error. */
type HandlersOf<R extends Resource> = { [Name in keyof R['operations']]: HandlerOf<R['operations'][Name]> }

/** A handler whose operation is known only at run time; the router has validated its input by that operation. */
export type AnyHandler = (
  ctx: ResourceContext,
  input: { params: unknown; query: unknown; body: unknown },
) => Promise<unknown>

export type Implementation = { operation: Operation; handler: AnyHandler }[]

/** The paths of an operation: its own, and the same under the resource's other name. */
function pathsOf({ name, alias }: Resource, { path }: Operation): Operation['path'][] {
  const own = `/${name}`
  return alias && path.startsWith(own) ? [path, `/${alias}${path.slice(own.length)}`] : [path]
}

/** Binds a resource's operations to its verbs, checked against each other by their types. */
export function implement<const R extends Resource>(resource: R, handlers: HandlersOf<R>): Implementation {
  return Object.entries(resource.operations).flatMap(([name, operation]) => {
    const handler: AnyHandler | undefined = Object.entries(handlers).find(([known]) => known === name)?.[1]
    if (!handler) throw new Error(`${resource.name}.${name} has no handler.`)
    return pathsOf(resource, operation).map((path) => ({ operation: { ...operation, path }, handler }))
  })
}
