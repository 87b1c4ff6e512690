import type { Preset } from '@/components/keys/create/create-link'
import { grants, SCOPES, type ScopeEntry } from '@/lib/contracts/scopes/catalogue'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'
import { RESOURCES } from '@/lib/resources/contract'

/** What the scope picker shows, drawn from the resources and the catalogue: it cannot drift from what the API checks. */

const ACTION_ORDER = ['read', 'create', 'update', 'write', 'delete', 'send']

export type ScopeRow = { resource: string; title: string; description: string; scopes: ScopeEntry[] }

export const SCOPE_ROWS: ScopeRow[] = RESOURCES.flatMap(({ name, title, description }) => {
  const scopes = SCOPES.filter(({ resource }) => resource === name)
  return scopes.length > 0 ? [{ resource: name, title, description, scopes }] : []
})

/** Only the actions that some resource has. */
export const SCOPE_ACTIONS: string[] = ACTION_ORDER.filter((action) => SCOPES.some((entry) => entry.action === action))

export const WIDE_SCOPES: ScopeEntry[] = SCOPES.filter(({ resource }) => resource === null)

/** What to think of before ticking a wide scope. */
export const RISKS: Partial<Record<string, string>> = {
  'read:all': 'Also reads what is added to the product later.',
  'write:all': 'Changes data everywhere, also in what is added later. Prefer the scopes that are needed.',
  admin: 'Manages people, billing and other keys. For trusted internal systems only.',
}

export type Tick = 'none' | 'some' | 'all'

/** The state of a box that stands for several. */
export function tickOf(scopes: readonly ScopeEntry[], chosen: ReadonlySet<string>): Tick {
  const ticked = scopes.filter(({ scope }) => chosen.has(scope)).length
  if (ticked === 0) return 'none'
  return ticked === scopes.length ? 'all' : 'some'
}

/** `chosen` with `scopes` added or removed, in the catalogue's order. */
export function withScopes(chosen: readonly string[], scopes: readonly string[], ticked: boolean): string[] {
  const next = new Set(chosen)
  for (const scope of scopes) {
    if (ticked) next.add(scope)
    else next.delete(scope)
  }
  return SCOPES.map(({ scope }) => scope).filter((scope) => next.has(scope))
}

export const PRESETS: Record<Preset, { label: string; scopes: readonly string[] }> = {
  none: { label: 'None', scopes: [] },
  'read-only': {
    label: 'Read only',
    scopes: SCOPES.filter(({ scope, resource }) => resource !== null && isReadScope(scope)).map(({ scope }) => scope),
  },
  'read-write': {
    label: 'Read and write',
    scopes: SCOPES.filter(({ resource, action }) => resource !== null && action !== 'delete').map(({ scope }) => scope),
  },
  resources: {
    label: 'Every resource',
    scopes: SCOPES.filter(({ resource }) => resource !== null).map(({ scope }) => scope),
  },
}

export type Endpoint = { method: string; path: string; scope: string; summary: string; open: boolean }

/** The endpoints of a resource, and whether a key with `chosen` may call them. */
export function endpointsOf(resource: string, chosen: readonly string[]): Endpoint[] {
  const operations = RESOURCES.find(({ name }) => name === resource)?.operations ?? {}
  return Object.values(operations).flatMap(({ method, path, scope, summary }) =>
    scope === null
      ? []
      : [{ method: method.toUpperCase(), path: `/api/v1${path}`, scope, summary, open: grants(chosen, scope) }],
  )
}
