import type { Operation } from '@/lib/contracts/operation'
import type { Resource } from '@/lib/contracts/rows/resource'
import { RESOURCES } from '@/lib/resources/register'

/** An operation with its address in the docs. */
export type DocumentedOperation = { resource: Resource; name: string; operation: Operation; href: string }

const operationHref = (resource: string, name: string) => `/docs/reference/${resource}/${name}`

/** Every operation of the public API, in the order of the reference. */
export const documentedOperations = (resources: readonly Resource[] = RESOURCES): DocumentedOperation[] =>
  resources.flatMap((resource) =>
    Object.entries(resource.operations).map(([name, operation]) => ({
      resource,
      name,
      operation,
      href: operationHref(resource.name, name),
    })),
  )

/** The operation at `/docs/reference/<resource>/<name>`; null: there is none. */
export const findOperation = (resource: string, name: string): DocumentedOperation | null =>
  documentedOperations().find((one) => one.resource.name === resource && one.name === name) ?? null
