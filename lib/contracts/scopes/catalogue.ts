import { RESOURCES } from '@/lib/resources/contract'

export type ScopeEntry = {
  scope: string
  /** What a key with it may do, as the scope picker says it. */
  meaning: string
  /** Name of the resource; null for the wide scopes. */
  resource: string | null
  action: string | null
}

const ADMINISTRATION = RESOURCES.filter(({ administration }) => administration).map(({ name }) => name)

const ALIASES = RESOURCES.flatMap(({ name, alias }) => (alias ? [{ name, alias }] : []))

const RESOURCE_SCOPES: ScopeEntry[] = RESOURCES.flatMap(({ name, actions }) =>
  Object.entries(actions).map(([action, meaning]) => ({ scope: `${name}:${action}`, meaning, resource: name, action })),
)

const WIDE_SCOPES: ScopeEntry[] = [
  { scope: 'read:all', meaning: 'Read every resource but API keys', resource: null, action: null },
  {
    scope: 'write:all',
    meaning: 'Create and update everything that is not administration',
    resource: null,
    action: null,
  },
  { scope: 'admin', meaning: 'Everything, with users, billing and API keys', resource: null, action: null },
]

/** Every scope that can be granted, drawn from the resources; those of one resource stand together. */
export const SCOPES: readonly ScopeEntry[] = [...RESOURCE_SCOPES, ...WIDE_SCOPES]

const KNOWN = new Set(SCOPES.map(({ scope }) => scope))

export const isScope = (name: string): boolean => KNOWN.has(name)

/** The scope that a name means: `lists:read` is `contact_lists:read`, everything else is itself. */
export function canonicalScope(name: string): string {
  const found = ALIASES.find(({ alias }) => name.startsWith(`${alias}:`))
  return found ? `${found.name}${name.slice(found.alias.length)}` : name
}

/**
 * Whether a key that holds `held` may do what `needed` names.
 * An empty list grants nothing: only operations without a scope stay open.
 */
export function grants(held: readonly string[], needed: string): boolean {
  if (held.includes(needed) || held.includes('admin')) return true
  const [resource = '', action = ''] = needed.split(':')
  if (action === 'read') return resource !== 'api_keys' && held.includes('read:all')
  if (['create', 'update', 'write', 'send'].includes(action)) {
    return !ADMINISTRATION.includes(resource) && held.includes('write:all')
  }
  return false
}
