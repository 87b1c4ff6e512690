import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll } from 'vitest'
import { api } from '@/lib/http/api/app'
import { dashboard } from '@/lib/http/dashboard/app'
import { publicForms } from '@/lib/http/forms/app'
import { leaks } from '@/lib/http/leaks/app'
import { noticeMails } from '@/lib/http/notices/app'
import { unsubscribing } from '@/lib/http/unsubscribe/app'
import { dispatch } from '@/lib/server/listener/dispatch'
import { type HttpServer, listen, portOf } from '@/lib/server/listener/http-server'

/**
 * Serves the APIs on a port of its own, for programs that call them from outside. Call it at the top of the file, after
 * `useTestDatabase`.
 * @param application the public API, or one like it
 */
export function useWatchedServer(application = api) {
  let server: HttpServer
  const answered = new Map<string, string[]>()

  function watch(request: IncomingMessage, response: ServerResponse) {
    const { method, url, headers } = request
    const key = headers.authorization?.replace('Bearer ', '') ?? String(headers['x-api-key'])
    response.on('finish', () => {
      answered.set(key, [...(answered.get(key) ?? []), `${method} ${url} ${response.statusCode}`])
    })
  }

  beforeAll(async () => {
    const apis = { api: application, dashboard, leaks, notices: noticeMails, unsubscribing, forms: publicForms }
    const serve = dispatch({ apis, pages: async () => {} })
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      watch(request, response)
      serve(request, response)
    }
    server = await listen(listener, '127.0.0.1', 0)
  })
  afterAll(() => server.drain({ leaveWithinMs: 0 }))
  return {
    origin: () => `http://127.0.0.1:${portOf(server)}`,
    /** What a key was answered, in turn: `POST /api/v1/leads 201`. */
    answersTo: (key: string): string[] => answered.get(key) ?? [],
  }
}
