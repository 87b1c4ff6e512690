import { once } from 'node:events'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { setRuntime } from '@/lib/runtime'
import { closeServer, listen, portOf } from '@/lib/server/http-server'

setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'http://127.0.0.1', requireHttps: false })

let server: Server
afterEach(() => closeServer(server))

async function serve(listener: RequestListener): Promise<string> {
  server = await listen(listener, '127.0.0.1', 0)
  return `http://127.0.0.1:${portOf(server)}`
}

async function send(bytes: string): Promise<string> {
  const socket = connect(portOf(server), '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

test('a taken port is told, with what to do', async () => {
  await serve((_, response) => response.end())
  const second = listen(() => {}, '127.0.0.1', portOf(server))
  await expect(second).rejects.toThrow(/Port \d+ on 127\.0\.0\.1 is taken.*PORT=/)
})

test('what is no HTTP gets a problem and the end of the connection', async () => {
  await serve((_, response) => response.end())
  const reply = await send('HELLO\r\n\r\n')
  expect(reply).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(reply).toMatch(/content-type: application\/problem\+json/i)
  expect(JSON.parse(reply.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: 400, code: 'invalid_request' })
})

test('headers that are too long get a problem', async () => {
  await serve((_, response) => response.end())
  const reply = await send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
  expect(reply).toContain('The request headers are too long.')
})

test('closing lets a running request finish and refuses new ones', async () => {
  const held: ServerResponse[] = []
  const url = await serve((_, response) => void held.push(response))
  const running = fetch(url)
  await once(server, 'request')
  const closed = closeServer(server)
  await expect(fetch(url)).rejects.toThrow()
  for (const response of held) response.end('done')
  expect(await (await running).text()).toBe('done')
  await closed
})
