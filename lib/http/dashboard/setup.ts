import { route } from '@/lib/http/dashboard/route'
import { setupInput, setupState } from '@/lib/people/platform/contract'
import { setUp } from '@/lib/people/platform/set-up'

/** `/setup`: the first run, until there is a platform admin; then there is no such path. */
export const setupRoutes = [
  route({ method: 'get', path: '/setup', role: 'anybody', reply: { status: 200, schema: setupState } }, () => ({
    open: true as const,
  })),
  route(
    {
      method: 'post',
      path: '/setup',
      role: 'anybody',
      proof: 'never',
      body: setupInput,
      reply: { status: 204, schema: null },
    },
    (visitor, { body }) => setUp(visitor, body),
  ),
]
