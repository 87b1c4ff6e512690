import type { Operation } from '@/lib/contracts/operation'
import type { ActivityType, AnyRows } from '@/lib/contracts/rows/define'

/** A type of activity, with what one tells beside its subject, as an example. */
export type Appended = {
  type: ActivityType
  details: Record<string, unknown>
  /** Whether one may belong to the history of a contact; where it is not said, those of contacts do. */
  contact?: boolean
}

/** A resource: its scopes (`<name>:<action>`) and its operations. */
export type Resource = {
  name: string
  /** Another name: paths that begin with it and scopes of it mean this resource. */
  alias?: string
  /** Its changes are administration: opened by `admin`, never by `write:all`. */
  administration?: boolean
  /** The presets of the scope picker, named by what a key is for, that tick its reading. */
  presets?: readonly 'support-read'[]
  /** As a heading: `Contact lists`. */
  title: string
  description: string
  /** What each action of the scope lets a key do, in words; empty for what needs no scope. */
  actions: Partial<Record<'read' | 'create' | 'update' | 'write' | 'delete' | 'send', string>>
  operations: Record<string, Operation>
  /** The activities that its verbs append themselves, beside those that its rows say. */
  activities?: readonly (ActivityType | Appended)[]
  /** What the audit says of it that webhooks tell too. */
  audited?: readonly ActivityType[]
  /** Events of a kind of their own, to which nobody subscribes by `*`: all of them by `all`, or some by their types. */
  stream?: { all: string; types: readonly string[] }
  /** Its rows, whose references are compared with the database's. */
  rows?: readonly AnyRows[]
}

type Said = Omit<Resource, 'title'> & Partial<Pick<Resource, 'title'>>

/**
 * Checks a resource's shape and keeps its exact type, from which the types of its verbs are derived. Its title is its name
 * (`contact_lists`: Contact lists), where none is said.
 */
export const defineResource = <const R extends Said>(resource: R): R & { title: string } => ({
  ...resource,
  title: resource.title ?? resource.name.charAt(0).toUpperCase() + resource.name.slice(1).replaceAll('_', ' '),
})
