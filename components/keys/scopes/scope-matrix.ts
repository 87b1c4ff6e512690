import { PRESET_NAMES, type Preset } from '@/components/keys/create/create-link'
import type { Catalogue, CatalogueResource, ScopeEntry } from '@/lib/contracts/scopes/catalogue'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'

/** What the scope picker shows, drawn from the catalogue: it cannot drift from what the API checks. */

const ACTION_ORDER = ['read', 'create', 'update', 'write', 'delete', 'send']

export type ScopeRow = { resource: CatalogueResource; scopes: ScopeEntry[] }

/** The resources that have scopes, with them. */
export const scopeRows = ({ resources, scopes }: Catalogue): ScopeRow[] =>
  resources
    .map((resource) => ({ resource, scopes: scopes.filter((entry) => entry.resource === resource.name) }))
    .filter((row) => row.scopes.length > 0)

/** Only the actions that some resource has. */
export const scopeActions = ({ scopes }: Catalogue): string[] =>
  ACTION_ORDER.filter((action) => scopes.some((entry) => entry.action === action))

export const wideScopes = ({ scopes }: Catalogue): ScopeEntry[] => scopes.filter(({ resource }) => resource === null)

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
export function withScopes(
  catalogue: Catalogue,
  chosen: readonly string[],
  scopes: readonly string[],
  ticked: boolean,
): string[] {
  const next = new Set(chosen)
  for (const scope of scopes) {
    if (ticked) next.add(scope)
    else next.delete(scope)
  }
  return catalogue.inOrder(next)
}

type PresetScopes = { label: string; includes: (entry: ScopeEntry, resource: CatalogueResource | undefined) => boolean }

const PRESETS: Record<Preset, PresetScopes> = {
  none: { label: 'None', includes: () => false },
  'read-only': { label: 'Read only', includes: ({ scope }) => isReadScope(scope) },
  'read-write': { label: 'Read and write', includes: ({ action }) => action !== 'delete' },
  resources: { label: 'Every resource', includes: () => true },
  'support-read': {
    label: 'Support, read only',
    includes: ({ scope }, resource) => isReadScope(scope) && resource?.presets?.includes('support-read') === true,
  },
}

export const presetLabel = (preset: Preset): string => PRESETS[preset].label

/** The boxes that a preset ticks: never a wide one. */
export const presetScopes = ({ scopes, resources }: Catalogue, preset: Preset): string[] =>
  scopes.flatMap((entry) => {
    const resource = resources.find(({ name }) => name === entry.resource)
    return entry.resource !== null && PRESETS[preset].includes(entry, resource) ? [entry.scope] : []
  })

/** The presets that a deployment has a use for: what ticks nothing there is left out, but for the one that clears. */
export const presetsOf = (catalogue: Catalogue): Preset[] =>
  PRESET_NAMES.filter((preset) => preset === 'none' || presetScopes(catalogue, preset).length > 0)

export type Endpoint = { method: string; path: string; scope: string; summary: string; open: boolean }

/** The endpoints of a resource, and whether a key with `chosen` may call them. */
export const endpointsOf = (
  catalogue: Catalogue,
  { endpoints }: CatalogueResource,
  chosen: readonly string[],
): Endpoint[] =>
  endpoints.flatMap(({ method, path, scope, summary }) =>
    scope === null
      ? []
      : [
          {
            method: method.toUpperCase(),
            path: `/api/v1${path}`,
            scope,
            summary,
            open: catalogue.grants(chosen, scope),
          },
        ],
  )
