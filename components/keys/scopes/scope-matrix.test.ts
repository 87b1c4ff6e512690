import { expect, test } from 'vitest'
import { PRESET_NAMES } from '@/components/keys/create/create-link'
import { linkedScopes } from '@/components/keys/scopes/linked-scopes'
import {
  endpointsOf,
  PRESETS,
  SCOPE_ROWS,
  tickOf,
  WIDE_SCOPES,
  withScopes,
} from '@/components/keys/scopes/scope-matrix'
import { summarizeScopes } from '@/components/keys/scopes/summarize-scopes'
import { isScope, SCOPES } from '@/lib/contracts/scopes/catalogue'

test('the matrix and the wide scopes show every scope of the catalogue, once', () => {
  const shown = [...SCOPE_ROWS.flatMap(({ scopes }) => scopes), ...WIDE_SCOPES].map(({ scope }) => scope)
  expect(shown.toSorted()).toEqual(SCOPES.map(({ scope }) => scope).toSorted())
})

test('presets tick scopes that exist, and never a wide one', () => {
  const ticked = PRESET_NAMES.flatMap((name) => PRESETS[name].scopes)
  expect(ticked.every((scope) => isScope(scope) && scope.includes(':') && !scope.endsWith(':all'))).toBe(true)
})

test('a group box is ticked, dashed or empty', () => {
  const leads = SCOPES.filter(({ resource }) => resource === 'leads')
  expect(tickOf(leads, new Set())).toBe('none')
  expect(tickOf(leads, new Set(['leads:read']))).toBe('some')
  expect(tickOf(leads, new Set(leads.map(({ scope }) => scope)))).toBe('all')
})

test('scopes keep the order of the catalogue, each once', () => {
  expect(withScopes(['leads:delete'], ['leads:read', 'leads:delete'], true)).toEqual(['leads:read', 'leads:delete'])
  expect(withScopes(['leads:read', 'admin'], ['admin'], false)).toEqual(['leads:read'])
})

test('the endpoints of a resource say which scope they need and whether the key has it', () => {
  const open = endpointsOf('leads', ['leads:read']).filter((endpoint) => endpoint.open)
  expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/leads', 'GET /api/v1/leads/{id}'])
})

test('a link ticks what exists and may be granted, and names the rest', () => {
  const grantable = ['leads:read', 'leads:create']
  expect(linkedScopes(null, ['leads:create', 'admin', 'nonsense', 'admin'], grantable)).toEqual({
    ticked: ['leads:create'],
    dropped: [
      { scope: 'admin', known: true },
      { scope: 'nonsense', known: false },
    ],
  })
  // What a preset has beyond the role was not asked for by name.
  expect(linkedScopes('resources', [], grantable)).toEqual({ ticked: grantable, dropped: [] })
  expect(linkedScopes(null, [], grantable)).toEqual({ ticked: [], dropped: [] })
})

test('scopes are summed up in a few words', () => {
  expect(summarizeScopes([])).toBe('None')
  expect(summarizeScopes(['leads:read', 'read:all'])).toBe('Read-only · 2')
  expect(summarizeScopes(['leads:read', 'leads:create'])).toBe('Read and write · 2')
  expect(summarizeScopes(['leads:create'])).toBe('Write · 1')
  expect(summarizeScopes(['admin', 'leads:read'])).toBe('Admin')
})
