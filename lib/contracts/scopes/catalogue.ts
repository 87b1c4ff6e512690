import type { Operation } from '@/lib/contracts/operation'
import type { Resource } from '@/lib/contracts/rows/resource'
import { type Told, toldOf } from '@/lib/contracts/rows/told'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'

export type ScopeEntry = {
  scope: string
  /** What a key with it may do, as the scope picker says it. */
  meaning: string
  /** Name of the resource; null for the wide scopes. */
  resource: string | null
  action: string | null
}

/** A resource without its schemas: what the browser is told of it, as JSON. */
export type CatalogueResource = Pick<
  Resource,
  'name' | 'alias' | 'administration' | 'presets' | 'title' | 'description' | 'actions'
> & {
  endpoints: Pick<Operation, 'method' | 'path' | 'scope' | 'summary'>[]
  /** The types of the activities that it appends. */
  activity_types: string[]
  /** The audited changes of it that webhooks tell. */
  audited: readonly string[]
  /** Events of a kind of their own: what subscribes to all of them, and their types. */
  stream?: Resource['stream']
}

const WIDE: ScopeEntry[] = [
  { scope: 'read:all', meaning: 'Read every resource but API keys', resource: null, action: null },
  {
    scope: 'write:all',
    meaning: 'Create and update everything that is not administration',
    resource: null,
    action: null,
  },
  { scope: 'admin', meaning: 'Everything, with users, billing and API keys', resource: null, action: null },
]

/** The resources that there are, and the scopes that follow from them. The same on the server and in the browser. */
export class Catalogue {
  /** Every scope that can be granted; those of one resource stand together, the wide ones at the end. */
  readonly scopes: readonly ScopeEntry[]
  readonly activity_types: readonly string[]
  /** What webhooks can be subscribed to. */
  readonly event_types: readonly string[]
  readonly #known: ReadonlySet<string>
  readonly #administration: ReadonlySet<string>

  /** @param told what activities of each type tell; the browser asks for none of it */
  constructor(
    readonly resources: readonly CatalogueResource[],
    readonly told: ReadonlyMap<string, Told> = new Map(),
  ) {
    const granular = resources.flatMap(({ name, actions }) =>
      Object.entries(actions).map(([action, meaning]) => ({
        scope: `${name}:${action}`,
        meaning,
        resource: name,
        action,
      })),
    )
    this.scopes = [...granular, ...WIDE]
    this.activity_types = resources.flatMap(({ activity_types }) => activity_types)
    this.event_types = resources.flatMap(({ activity_types, audited, stream }) => [
      ...activity_types,
      ...audited,
      ...(stream?.types ?? []),
    ])
    this.#known = new Set(this.scopes.map(({ scope }) => scope))
    this.#administration = new Set(resources.flatMap(({ name, administration }) => (administration ? [name] : [])))
  }

  isScope(name: string): boolean {
    return this.#known.has(name)
  }

  /** Those of the scopes that exist, each once, in the catalogue's order. */
  inOrder(scopes: Iterable<string>): string[] {
    const asked = new Set(scopes)
    return this.scopes.flatMap(({ scope }) => (asked.has(scope) ? [scope] : []))
  }

  /** The scope that a name means: `lists:read` is `contact_lists:read`, everything else is itself. */
  canonicalScope(name: string): string {
    const found = this.resources.find(({ alias }) => alias && name.startsWith(`${alias}:`))
    return found?.alias ? `${found.name}${name.slice(found.alias.length)}` : name
  }

  /**
   * Whether a key that holds `held` may do what `needed` names.
   * An empty list grants nothing: only operations without a scope stay open.
   */
  grants(held: readonly string[], needed: string): boolean {
    if (held.includes(needed) || held.includes('admin')) return true
    const [resource = '', action = ''] = needed.split(':')
    if (action === 'read') return resource !== 'api_keys' && held.includes('read:all')
    if (['create', 'update', 'write', 'send'].includes(action)) {
      return !this.#administration.has(resource) && held.includes('write:all')
    }
    return false
  }

  /** @throws Error for a type of which no contract says that it happens: nobody could ask for it */
  requireActivityType(type: string): void {
    if (!this.activity_types.includes(type)) throw new Error(`No contract says that ${type} happens.`)
  }

  /**
   * What a key of the docs' playground opens at most, on the pages of one resource: that resource's own scopes, of
   * administration the reading ones. Never a wide scope.
   * @returns null where there is no such resource
   */
  playgroundScopes(resource: string): string[] | null {
    const found = this.resources.find(({ name }) => name === resource)
    if (!found) return null
    const scopes = Object.keys(found.actions).map((action) => `${found.name}:${action}`)
    return found.administration ? scopes.filter(isReadScope) : scopes
  }
}

/** Draws the catalogue from the contracts. */
export const catalogueOf = (resources: readonly Resource[]): Catalogue =>
  new Catalogue(
    resources.map((resource) => {
      const { name, alias, administration, presets, title, description, actions, operations } = resource
      const endpoints = Object.values(operations).map(({ method, path, scope, summary }) => ({
        method,
        path,
        scope,
        summary,
      }))
      return {
        name,
        alias,
        administration,
        presets,
        title,
        description,
        actions,
        endpoints,
        activity_types: [...toldOf(resource).keys()],
        audited: resource.audited ?? [],
        stream: resource.stream,
      }
    }),
    new Map(resources.flatMap((resource) => [...toldOf(resource)])),
  )

declare global {
  var latchkeyCatalogue: Catalogue | undefined
}

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.

/** Makes this the catalogue of the process: the register does, when it is loaded. */
export function fillCatalogue(filled: Catalogue): void {
  globalThis.latchkeyCatalogue = filled
}

/**
 * The catalogue of the process. The browser has its own, by `useCatalogue`.
 * @throws Error before the register of the resources is loaded
 */
export function catalogue(): Catalogue {
  const filled = globalThis.latchkeyCatalogue
  if (!filled) throw new Error('The catalogue is empty: whoever starts this must import lib/resources/register.')
  return filled
}
