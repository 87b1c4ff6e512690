import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { getRequestListener } from '@hono/node-server'
import { afterEach, expect, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { ANY_TYPE } from '@/lib/contracts/bytes'
import { readBody } from '@/lib/http/body/read-body'
import { spool } from '@/lib/http/body/spool'
import { type HttpServer, listen, portOf } from '@/lib/server/listener/http-server'

// Node looks for slow senders every five seconds.

setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'http://127.0.0.1', requireHttps: false })

let server: HttpServer
afterEach(() => server.drain({ leaveWithinMs: 0 }))

test.each([
  ['headers', 'X: a'],
  ['a body of a length', 'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{'],
  ['a file', 'Content-Type: image/png\r\nContent-Length: 100\r\n\r\n{'],
  ['a body in chunks', 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n'],
])('whoever never ends %s is told so by 408', async (_, rest) => {
  const handle = async (request: Request) => {
    if (request.headers.get('Content-Type') !== 'image/png') return Response.json(await readBody(request))
    const { size } = await spool(request, { type: ANY_TYPE, limit: 100 })
    return Response.json(size)
  }
  server = await listen(getRequestListener(handle), '127.0.0.1', 0)
  Object.assign(server, { requestTimeout: 200, headersTimeout: 200 })
  const socket = connect(portOf(server), '127.0.0.1')
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${rest}`)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*"code":"request_timeout"/)
})
