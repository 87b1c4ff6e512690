import { documentedOperations } from '@/lib/docs/operations'
import { type DrawnStates, drawStates } from '@/lib/docs/states'
import { RESOURCES } from '@/lib/resources/register'

export type ReferenceResource = {
  name: string
  title: string
  description: string
  operations: { href: string; method: string; path: string; summary: string }[]
  states: DrawnStates[]
}

/** Every resource with its operations, for the contents of the reference. */
export const referenceResources = (): ReferenceResource[] =>
  RESOURCES.map((resource) => ({
    name: resource.name,
    title: resource.title,
    description: resource.description,
    operations: documentedOperations([resource]).map(({ href, operation: { method, path, summary } }) => ({
      href,
      method: method.toUpperCase(),
      path,
      summary,
    })),
    states: drawStates(resource),
  }))
