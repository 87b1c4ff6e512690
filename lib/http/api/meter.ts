import { createMiddleware } from 'hono/factory'
import type { ApiEnvironment } from '@/lib/http/api/environment'
import { MAX_AGENT } from '@/lib/http/request-id'
import type { Authentication } from '@/lib/keys/authenticate/authenticate'
import { recordLastUse } from '@/lib/keys/authenticate/last-use'
import { recordPressure } from '@/lib/keys/authenticate/pressure'
import { recordCall } from '@/lib/keys/usage/record'

/** Stands around the guard: notes what became of each call of a key that exists, and that the key was used unless it was refused. */
export const meter = createMiddleware<ApiEnvironment>(async (c, next) => {
  await next()
  // Nothing is known of a call that the guard turned away before it knew the key.
  const authentication: Authentication | undefined = c.get('authentication')
  if (!authentication) return
  const { actor, now, refusal, window } = authentication
  recordCall(actor.key_id, { at: now, scope: c.get('scope') ?? null, status: c.res.status })
  if (refusal === null || refusal === 'rate_limited') recordPressure(actor.key_id, now, window)
  if (refusal) return
  const agent = c.req.header('User-Agent')?.slice(0, MAX_AGENT) ?? null
  recordLastUse(actor.key_id, { at: now, address: c.env.peer.address, user_agent: agent })
})
