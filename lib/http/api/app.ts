import { type Context, Hono } from 'hono'
import { DomainError, notFound } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import type { ApiEnvironment } from '@/lib/http/api/environment'
import { guard } from '@/lib/http/api/guard'
import { meter } from '@/lib/http/api/meter'
import { openApiDocument } from '@/lib/http/api/openapi/document'
import { operate } from '@/lib/http/api/operate'
import { reply } from '@/lib/http/api/reply'
import { inTime } from '@/lib/http/deadline'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { requestId } from '@/lib/http/request-id'
import type { Implemented } from '@/lib/kernel/rows/implement'
import { REGISTER } from '@/lib/resources/register'

const BASES = ['/api/v1', '/v1']

/** `/leads/{id}` as Hono writes it. */
const routePath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1')

/** The operations of each path. `/lists/remove` comes before `/lists/{id}`, which would take its calls: `{` is behind every letter. */
function operationsByPath(implementation: Implemented[]): [string, Implemented[]][] {
  const paths = new Map<string, Implemented[]>()
  for (const entry of implementation) {
    paths.set(entry.operation.path, [...(paths.get(entry.operation.path) ?? []), entry])
  }
  return [...paths].sort(([one], [other]) => (one < other ? -1 : 1))
}

/** What a path answers to the methods for which it has no operation. */
function closePath(router: Hono<ApiEnvironment>, path: string, allow: string[]) {
  const methods = allow.join(', ')
  router.options(path, (c) => reply(c, { status: 204, body: null }, { Allow: methods }))
  router.all(path, () => {
    throw new DomainError('method_not_allowed', `This path has ${methods}.`, { allow })
  })
}

function routes(implementation: Implemented[]): Hono<ApiEnvironment> {
  const router = new Hono<ApiEnvironment>()
  for (const [path, entries] of operationsByPath(implementation)) {
    const methods = entries.map(({ operation }) => operation.method.toUpperCase())
    const allow = [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
    for (const implemented of entries) {
      router.on(implemented.operation.method.toUpperCase(), routePath(path), operate(implemented))
    }
    closePath(router, routePath(path), allow)
  }
  return router
}

let description: string | undefined

/** The OpenAPI document, drawn once: it changes with the code and the address only. */
function describeApi(): string {
  description ??= JSON.stringify(openApiDocument(`${runtime().appUrl}/api/v1`))
  return description
}

/**
 * The public API. It is mounted twice, straight on Node's server and as a Next route handler; both hand it the peer as
 * a binding.
 * @param implementation what it serves
 */
export function buildApi(
  implementation: Implemented[] = REGISTER.flatMap(({ implemented }) => implemented),
): Hono<ApiEnvironment> {
  const router = routes(implementation)
  const app = new Hono<ApiEnvironment>()
  app.use(async (c, next) => {
    const request_id = requestId(c.req.header('X-Request-Id'))
    c.set('request_id', request_id)
    if (c.env.call) c.env.call.request_id = request_id
    c.set('headers', {
      'X-Request-Id': request_id,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    await inTime((deadline) => {
      c.set('deadline', deadline)
      return next()
    })
  })
  for (const base of BASES) {
    const path = `${base}/openapi.json`
    app.get(path, (c) => reply(c, { status: 200, body: describeApi() }))
    closePath(app, path, ['GET', 'HEAD', 'OPTIONS'])
  }
  app.use(meter)
  app.use(guard)
  for (const base of BASES) app.route(base, router)
  const refuse = (error: unknown, c: Context<ApiEnvironment>) => {
    const request_id = c.get('request_id')
    return problemResponse(toDomainError(error, request_id, c.get('operation')), request_id, c.get('headers'))
  }
  // Replied, not thrown: an error thrown here would pass by the meter, which counts what has become of the call.
  app.notFound((c) => refuse(notFound('path'), c))
  app.onError(refuse)
  return app
}

export const api = buildApi()
