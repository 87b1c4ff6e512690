import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { type HttpServer, listen, portOf } from '@/lib/server/listener/http-server'

setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'http://127.0.0.1', requireHttps: false })

let server: HttpServer
let port: number
const open: Socket[] = []
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  if (server.listening) await server.drain({ leaveWithinMs: 0 })
})

async function serve(listener: RequestListener): Promise<string> {
  server = await listen(listener, '127.0.0.1', 0)
  port = portOf(server)
  return `http://127.0.0.1:${port}`
}

/** A connection of a caller who keeps it. */
async function dial(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

const ASK = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const ASK_ONCE = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'

async function send(bytes: string): Promise<string> {
  const socket = await dial()
  socket.write(bytes)
  return text(socket)
}

/** Asks on a connection that stays open. */
async function ask(socket: Socket): Promise<string> {
  socket.write(ASK)
  const [reply] = await once(socket, 'data')
  return String(reply)
}

test('a taken port is told, with what to do', async () => {
  await serve((_, response) => response.end())
  const second = listen(() => {}, '127.0.0.1', port)
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

test('a request that does not arrive in time gets 408 and a problem', async () => {
  await serve((_, response) => response.end())
  server.once('connection', (accepted: Socket) => {
    server.emit('clientError', Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), accepted)
  })
  expect(await send('GET / HT')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*"code":"request_timeout"/)
})

test('who asks for a tunnel gets a problem', async () => {
  await serve((_, response) => response.end())
  expect(await send('CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere:443\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 405 [\s\S]*"code":"method_not_allowed"/,
  )
})

test('a body that is refused is not read for ever', async () => {
  await serve((_, response) => void response.writeHead(413).end())
  const socket = await dial()
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n')
  await once(socket, 'data')
  const sending = setInterval(() => socket.write('x'.repeat(1_000)), 20)
  const began = performance.now()
  await once(
    socket.on('error', () => {}),
    'close',
  )
  clearInterval(sending)
  expect(performance.now() - began).toBeLessThan(5_000)
})

describe('a server that drains', () => {
  test('ends at once where no connection is open', async () => {
    await serve((_, response) => response.end())
    const began = performance.now()
    await server.drain({ leaveWithinMs: 60_000 })
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  test('says Connection: close in every reply, also in those that it owes already, and ends their connections', async () => {
    const gates: (() => void)[] = []
    await serve(async (_, response) => {
      await new Promise<void>((done) => gates.push(done))
      response.end('done')
    })
    const [owed, waiting] = [await dial(), await dial()]
    owed.write(ASK)
    await expect.poll(() => gates.length).toBe(1)
    const drained = server.drain({ leaveWithinMs: 500 })
    waiting.write(ASK)
    await expect.poll(() => gates.length).toBe(2)
    for (const open of gates) open()
    for (const reply of await Promise.all([text(owed), text(waiting)])) {
      expect(reply).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\nConnection: close\r\n[\s\S]*done/)
    }
    await drained
  })

  test('serves on connections old and new as long as callers may leave', async () => {
    await serve((_, response) => response.end('served'))
    const old = await dial()
    expect(await ask(old)).toContain('Connection: keep-alive')
    const drained = server.drain({ leaveWithinMs: 500 })
    expect(await ask(old)).toContain('served')
    expect(await send(ASK)).toContain('served')
    await drained
  })

  test('closes a connection that brings nothing last', async () => {
    await serve((_, response) => response.end('served'))
    const [idle, silent] = [await dial(), await dial()]
    await ask(idle)
    let ended = false
    idle.once('end', () => {
      ended = true
    })
    const drained = server.drain({ leaveWithinMs: 300 })
    expect(await send(ASK)).toContain('served')
    expect(ended).toBe(false)
    await drained
    expect(await text(silent)).toBe('')
    await expect.poll(() => ended).toBe(true)
  })

  test('lets a running request finish, and takes no connection then', async () => {
    const held: ServerResponse[] = []
    const url = await serve((_, response) => void held.push(response))
    const running = fetch(url)
    await once(server, 'request')
    const drained = server.drain({ leaveWithinMs: 0 })
    await expect.poll(() => server.listening).toBe(false)
    await expect(fetch(url)).rejects.toThrow()
    for (const response of held) response.end('done')
    expect(await (await running).text()).toBe('done')
    await drained
  })

  test('resets nobody who connects again for each call, up to the moment when it stops listening', async () => {
    await serve((_, response) => response.end('served'))
    const outcomes: string[] = []
    async function call() {
      for (;;) {
        const outcome = await send(ASK_ONCE).catch((error: NodeJS.ErrnoException) => String(error.code))
        outcomes.push(outcome.includes('served') ? 'served' : outcome)
        if (!outcome.includes('served')) return
      }
    }
    const callers = Promise.all(Array.from({ length: 20 }, call))
    await expect.poll(() => outcomes.length, { timeout: 10_000 }).toBeGreaterThan(100)
    await server.drain({ leaveWithinMs: 100 })
    await callers
    expect(new Set(outcomes)).toEqual(new Set(['served', 'ECONNREFUSED']))
  })
})
