import { expect, test } from 'vitest'
import { openApiDocument } from '@/lib/http/api/openapi/document'
import { CATALOGUE, RESOURCES } from '@/lib/resources/register'

/** The permissions that the documents name on which the product is built, in their own words. Those of leads stand with leads. */

const TOPO = `
contacts:readRead contacts in your workspace
contacts:writeCreate and update contacts
sequences:readRead sequences and enrollment status
sequences:writeEnroll or remove contacts from sequences
contact_lists:readRead contact list definitions and memberships
contact_lists:writeCreate and manage contact lists
account_lists:readRead account list definitions and memberships
account_lists:writeCreate and manage account lists
activities:readRead the outreach activity stream
webhooks:readRead webhook subscriptions
webhooks:writeCreate, update, and delete webhook subscriptions
exclusions:readRead contact and company exclusion rules
exclusions:writeCreate and delete exclusion rules
tasks:readRead tasks in your workspace
tasks:writeCreate and update tasks
`

const TOPTICKETS = `
        "scopes": [
            "tickets:read",
            "comments:read",
            "users:read",
            "teams:read",
            "customers:read",
            "attachments:read",
            "dashboard:read"
        ],
For example, to sync ticket data to another system, request only tickets:read and not tickets:write or tickets:delete.
`

const TOPMAIL = `
ResourceAvailable Permissions
contactsread, write, delete
listsread, write, delete
campaignsread, write
templatesread, write
flowsread, write
analyticsread
formsread, write
conversionsread, write
`

const WORKSPACE = `
read:all | Read access to all resources (users, projects, records, settings) across the workspace |
write:all | Create and update access to all non-administrative resources |
admin | Full access including team management, billing, and API key administration |
`

const ACTIONS = '(?:read|write|create|update|delete)'

const split = (list: string | undefined) => (list ?? '').split(', ')

/** `contactsread, write` */
const ofTopmail = [...TOPMAIL.matchAll(new RegExp(`^([a-z]+?)(${ACTIONS}(?:, ${ACTIONS})*)$`, 'gm'))].flatMap(
  ([, resource, actions]) => split(actions).map((action) => `${resource}:${action}`),
)
const written = (document: string) =>
  [...document.matchAll(new RegExp(`[a-z_]+:${ACTIONS}`, 'g'))].map(([scope]) => scope)
/** `resources (users, projects)` */
const ofWorkspace = split(/resources \(([\w, ]+)\)/.exec(WORKSPACE)?.[1]).map((resource) => `${resource}:read`)
const wide = [...WORKSPACE.matchAll(/^([\w:]+) \|/gm)].map(([, scope = '']) => scope)

const { paths } = openApiDocument('https://keys.acme.test/api/v1')

/** What the operations of the document ask for. */
const asked = Object.values(paths)
  .flatMap((path) => Object.values(path))
  .flatMap((operation) => Object(operation).security)
  .flatMap((way: { bearer?: string[] }) => way.bearer ?? [])

test.each([
  ['Topo', 15, written(TOPO)],
  ['TopTickets', 9, [...new Set(written(TOPTICKETS))]],
  ['TopMail', 17, ofTopmail],
  ['the workspace guide', 4, ofWorkspace],
])('every scope that %s names opens an operation', (_, count, scopes) => {
  // What is read out of the words is what they say.
  expect(scopes).toHaveLength(count)
  expect(scopes.filter((scope) => !asked.includes(CATALOGUE.canonicalScope(scope)))).toEqual([])
})

test('each of the wide scopes opens operations of every resource that it speaks of', () => {
  expect(wide).toEqual(['read:all', 'write:all', 'admin'])
  const opened = (scope: string) => asked.filter((needed) => CATALOGUE.grants([scope], needed))
  expect(ofWorkspace.filter((scope) => !opened('read:all').includes(scope))).toEqual([])
  expect(opened('write:all').length).toBeGreaterThan(0)
  // Team management, billing and the administration of keys have no scope of their own.
  const administration = ['/users/{id}', '/billing', '/api_keys']
  const needs = (path: string) =>
    Object.values(Object(paths)[path] ?? {}).flatMap((operation) => Object(operation).security)
  for (const path of administration) expect(JSON.stringify(needs(path)), path).toContain('["admin"]')
})

test('the lists of TopMail are the contact lists, under both names', () => {
  const both = RESOURCES.find(({ name }) => name === 'contact_lists')
  expect(both?.alias).toBe('lists')
  expect(
    ofTopmail.filter((scope) => scope.startsWith('lists:')).map((scope) => CATALOGUE.canonicalScope(scope)),
  ).toEqual(['contact_lists:read', 'contact_lists:write', 'contact_lists:delete'])
})
