import { afterAll, beforeAll, expect, test } from 'vitest'
import { runtime, setRuntime } from '@/lib/base/node/runtime'
import { pageUnavailable } from '@/lib/http/page-call'
import { disconnect } from '@/lib/kernel/db/client'
import { type HttpServer, listen, portOf } from '@/lib/server/listener/http-server'
import { withUnavailablePages } from '@/lib/server/start/unavailable-pages'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase()

let server: HttpServer

/** As Next does it: what a page throws becomes a 500, with a document that its scripts fill. */
const pages = withUnavailablePages(async (request, response) => {
  try {
    if (request.url?.startsWith('/late')) {
      // Of the document that it would send.
      response.setHeader('Content-Encoding', 'gzip')
      pageUnavailable()
    }
    if (request.url === '/broken') throw new Error('A mistake of ours.')
    response.end('a page')
  } catch {
    response.statusCode = 500
    if (request.url === '/late/head') response.writeHead(500)
    if (request.url === '/late/body') response.write('an error')
    response.end('an error page')
  }
})

beforeAll(async () => {
  server = await listen((request, response) => void pages(request, response), '127.0.0.1', 0)
})
afterAll(() => server.drain({ leaveWithinMs: 0 }))

async function ask(path: string) {
  const response = await fetch(`http://127.0.0.1:${portOf(server)}${path}`)
  return { status: response.status, retry: response.headers.get('Retry-After'), text: await response.text() }
}

test('a page that finds the database away is a 503 with Retry-After; one that is broken stays a 500', async () => {
  expect(await ask('/')).toEqual({ status: 200, retry: null, text: 'a page' })
  for (const path of ['/late', '/late/head', '/late/body']) {
    const text = expect.stringMatching(/^<!doctype html>.*Temporarily unavailable.*<\/html>\n$/s)
    expect(await ask(path), path).toEqual({ status: 503, retry: '5', text })
  }
  expect(await ask('/broken')).toEqual({ status: 500, retry: null, text: 'an error page' })
})

test('while the database is away each page that needs it says so, and the docs are read on', async () => {
  const settings = runtime()
  await disconnect()
  setRuntime({ ...settings, databaseUrl: 'postgresql://nobody:x@127.0.0.1:1/gone' })
  // What was true a moment ago is believed for a second.
  await expect.poll(() => ask('/').then(({ status }) => status), { timeout: 5_000 }).toBe(503)
  for (const path of ['/', '/sign-in', '/orgs/acme/settings/api-keys', '/docsandmore']) {
    const { status, retry, text } = await ask(path)
    expect({ path, status, retry }).toEqual({ path, status: 503, retry: '5' })
    expect(text).toContain('Temporarily unavailable')
  }
  for (const path of ['/docs', '/docs/errors', '/api/health', '/icon.svg']) {
    expect((await ask(path)).text, path).toBe('a page')
  }
  await disconnect()
  setRuntime(settings)
  expect((await ask('/')).status).toBe(200)
})
