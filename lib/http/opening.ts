import { createMiddleware } from 'hono/factory'
import { DomainError } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import type { CallNote } from '@/lib/http/calls'
import { type Deadline, inTime } from '@/lib/http/deadline'
import type { Peer } from '@/lib/http/peer'
import { requestId } from '@/lib/http/request-id'

/** Applications for whoever has neither a key nor a session begin each call by these. */
export type OpenEnvironment = {
  Bindings: { peer: Peer; call?: CallNote }
  Variables: { request_id: string; deadline: Deadline }
}

/** Gives a call its request id, its replies their headers, and all of it its end. @param headers of each reply */
export const opening = (headers: Readonly<Record<string, string>>) =>
  createMiddleware<OpenEnvironment>(async (c, next) => {
    const request_id = requestId(c.req.header('X-Request-Id'))
    c.set('request_id', request_id)
    if (c.env.call) c.env.call.request_id = request_id
    c.header('X-Request-Id', request_id)
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    await inTime((deadline) => {
      c.set('deadline', deadline)
      return next()
    })
  })

/** Refuses plain HTTP where the operator wants none. @param what to do, in the words of the refusal: `Open forms` */
export const onlyOverHttps = (what: string) =>
  createMiddleware<OpenEnvironment>(async ({ env: { peer } }, next) => {
    if (runtime().requireHttps && !peer.https) throw new DomainError('https_required', `${what} over HTTPS.`)
    await next()
  })

/**
 * Notes what is asked for, for the metrics and the access log.
 * @param operation method and path, without what a caller wrote
 */
export const asOperation = (operation: string) =>
  createMiddleware<OpenEnvironment>(async ({ env: { call } }, next) => {
    if (call) call.operation = operation
    await next()
  })
