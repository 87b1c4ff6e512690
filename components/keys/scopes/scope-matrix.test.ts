import { expect, test } from 'vitest'
import { PRESET_NAMES } from '@/components/keys/create/create-link'
import { linkedScopes } from '@/components/keys/scopes/linked-scopes'
import {
  endpointsOf,
  presetScopes,
  presetsOf,
  scopeRows,
  tickOf,
  wideScopes,
  withScopes,
} from '@/components/keys/scopes/scope-matrix'
import { summarizeScopes } from '@/components/keys/scopes/summarize-scopes'
import { Catalogue } from '@/lib/contracts/scopes/catalogue'
import { CATALOGUE, RESOURCES } from '@/lib/resources/register'
import { ORDERS_CATALOGUE } from '@/lib/testing/orders-catalogue'

// As the page gets it.
const browser = new Catalogue(JSON.parse(JSON.stringify(CATALOGUE.resources)))

test('the browser has the scopes that the server checks, and they grant the same', () => {
  expect(browser.scopes).toEqual(CATALOGUE.scopes)
  const names = CATALOGUE.scopes.map(({ scope }) => scope)
  // Also scopes of administration, which the wide ones must not open.
  const asked = [...names, ...RESOURCES.map(({ name }) => `${name}:write`)]
  for (const held of names) {
    expect(asked.filter((needed) => browser.grants([held], needed))).toEqual(
      asked.filter((needed) => CATALOGUE.grants([held], needed)),
    )
  }
  for (const { name, alias } of RESOURCES) {
    const other = `${alias ?? name}:read`
    expect(browser.canonicalScope(other)).toBe(CATALOGUE.canonicalScope(other))
  }
})

test('the picker names each resource, action and endpoint in the words of its contract', () => {
  const rows = RESOURCES.filter(({ actions }) => Object.keys(actions).length > 0).map((resource) => ({
    ...[resource.name, resource.title, resource.description],
    boxes: Object.entries(resource.actions).map(([action, meaning]) => [`${resource.name}:${action}`, meaning]),
    endpoints: Object.values(resource.operations).flatMap(({ path, scope, summary }) =>
      scope ? [[`/api/v1${path}`, scope, summary]] : [],
    ),
  }))
  const shown = scopeRows(browser).map(({ resource, scopes }) => ({
    ...[resource.name, resource.title, resource.description],
    boxes: scopes.map(({ scope, meaning }) => [scope, meaning]),
    endpoints: endpointsOf(browser, resource, []).map(({ path, scope, summary }) => [path, scope, summary]),
  }))
  expect(shown).toEqual(rows)
})

test('the matrix and the wide scopes show every scope of the catalogue, once', () => {
  const shown = [...scopeRows(browser).flatMap(({ scopes }) => scopes), ...wideScopes(browser)]
  expect(shown).toEqual(CATALOGUE.scopes)
})

test('presets tick scopes that exist, and never a wide one', () => {
  const ticked = PRESET_NAMES.flatMap((name) => presetScopes(browser, name))
  expect(ticked.every((scope) => browser.isScope(scope) && scope.includes(':') && !scope.endsWith(':all'))).toBe(true)
})

test('the preset of a support desk ticks what reads tickets, and all that stands around them', () => {
  const needed = ['tickets', 'comments', 'users', 'teams', 'customers', 'attachments', 'dashboard']
  expect(presetScopes(browser, 'support-read')).toEqual(browser.inOrder(needed.map((name) => `${name}:read`)))
  expect(presetsOf(browser)).toContain('support-read')
  expect(presetsOf(ORDERS_CATALOGUE)).not.toContain('support-read')
})

test('a group box is ticked, dashed or empty', () => {
  const orders = ORDERS_CATALOGUE.scopes.filter(({ resource }) => resource === 'orders')
  expect(tickOf(orders, new Set())).toBe('none')
  expect(tickOf(orders, new Set(['orders:read']))).toBe('some')
  expect(tickOf(orders, new Set(orders.map(({ scope }) => scope)))).toBe('all')
})

test('scopes keep the order of the catalogue, each once', () => {
  expect(withScopes(ORDERS_CATALOGUE, ['orders:delete'], ['orders:read', 'orders:delete'], true)).toEqual([
    'orders:read',
    'orders:delete',
  ])
  expect(withScopes(ORDERS_CATALOGUE, ['orders:read', 'admin'], ['admin'], false)).toEqual(['orders:read'])
})

test('the endpoints of a resource say which scope they need and whether the key has it', () => {
  const open = ORDERS_CATALOGUE.resources
    .flatMap((orders) => endpointsOf(ORDERS_CATALOGUE, orders, ['orders:read']))
    .filter(({ open }) => open)
  expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/orders', 'GET /api/v1/orders/{id}'])
})

test('a link ticks what exists and may be granted, and names the rest', () => {
  const grantable = ['orders:read', 'orders:create']
  expect(linkedScopes(ORDERS_CATALOGUE, null, ['orders:create', 'admin', 'nonsense', 'admin'], grantable)).toEqual({
    ticked: ['orders:create'],
    dropped: [
      { scope: 'admin', known: true },
      { scope: 'nonsense', known: false },
    ],
  })
  // What a preset has beyond the role was not asked for by name.
  expect(linkedScopes(ORDERS_CATALOGUE, 'resources', [], grantable)).toEqual({ ticked: grantable, dropped: [] })
  expect(linkedScopes(ORDERS_CATALOGUE, null, [], grantable)).toEqual({ ticked: [], dropped: [] })
})

test('scopes are summed up in a few words', () => {
  expect(summarizeScopes([])).toBe('None')
  expect(summarizeScopes(['orders:read', 'read:all'])).toBe('Read-only · 2')
  expect(summarizeScopes(['orders:read', 'orders:create'])).toBe('Read and write · 2')
  expect(summarizeScopes(['orders:create'])).toBe('Write · 1')
  expect(summarizeScopes(['admin', 'orders:read'])).toBe('Admin')
})
