import { documentedOperations } from '@/lib/docs/operations'
import { RESOURCES } from '@/lib/resources/register'

export type ReferenceResource = {
  name: string
  title: string
  description: string
  operations: { href: string; method: string; path: string; summary: string }[]
}

/** Every resource with its operations, for the contents of the reference. */
export const referenceResources = (): ReferenceResource[] =>
  RESOURCES.map(({ name, title, description }) => ({
    name,
    title,
    description,
    operations: documentedOperations()
      .filter(({ resource }) => resource.name === name)
      .map(({ href, operation: { method, path, summary } }) => ({
        href,
        method: method.toUpperCase(),
        path,
        summary,
      })),
  }))
