import { type Call, callDashboard } from '@/lib/testing/call'

/** Every route of the dashboard below `/orgs/:org/keys`, with a call that is right in all but who makes it. */
export const KEY_ROUTES = [
  { route: 'GET /', path: '', call: {}, manages: false },
  {
    route: 'POST /',
    path: '',
    call: { method: 'POST', body: { name: 'New', environment: 'live', scopes: ['contacts:read'] } },
    manages: false,
  },
  { route: 'GET /:id', path: '/{id}', call: {}, manages: false },
  { route: 'PATCH /:id', path: '/{id}', call: { method: 'PATCH', body: { name: 'Changed' } }, manages: true },
  { route: 'DELETE /:id', path: '/{id}', call: { method: 'DELETE' }, manages: true },
  { route: 'POST /:id/revoke', path: '/{id}/revoke', call: { method: 'POST', body: {} }, manages: true },
  { route: 'POST /:id/reactivate', path: '/{id}/reactivate', call: { method: 'POST' }, manages: true },
  {
    route: 'POST /:id/rotate',
    path: '/{id}/rotate',
    call: { method: 'POST', body: { grace_hours: 0 } },
    manages: true,
  },
  { route: 'GET /:id/usage', path: '/{id}/usage', call: {}, manages: false },
  { route: 'GET /:id/history', path: '/{id}/history', call: {}, manages: false },
  { route: 'GET /concerns', path: '/concerns', call: {}, manages: false },
  {
    route: 'POST /revoke',
    path: '/revoke',
    call: { method: 'POST', body: { ids: ['0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'] } },
    manages: true,
  },
  {
    route: 'POST /playground',
    path: '/playground',
    call: { method: 'POST', body: { resource: 'contacts' } },
    manages: false,
  },
] as const satisfies { route: string; path: string; call: Call; manages: boolean }[]

type KeyRoute = (typeof KEY_ROUTES)[number]

/** Calls a route for the key `id` of the organisation `slug`; `more` is laid over the route's own call. */
export const callKeyRoute = (
  cookie: string | null,
  slug: string,
  { path, call }: KeyRoute,
  id: string,
  more: Call = {},
): Promise<Response> => callDashboard(cookie, `/orgs/${slug}/keys${path.replace('{id}', id)}`, { ...call, ...more })
