import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** A request as a receiver of webhooks got it. */
type Received = { path: string; headers: IncomingHttpHeaders; body: string; at: number }

export type Receiver = {
  url: string
  received: Received[]
  /** Of these, by `webhook-id`. */
  ids: () => string[]
  /** How many connections there have been, whatever came over them. */
  connections: () => number
  stop: () => Promise<void>
}

type Answers = (response: ServerResponse, received: Received, number: number) => void

/**
 * A receiver of webhooks on a free port of this machine.
 * @param answers answers the request with this number, from 1; where it does nothing, there is no answer
 */
export async function startReceiver(answers: Answers = (response) => void response.end('ok')): Promise<Receiver> {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url: path = '', headers } = request
      const one = { path, headers, body: Buffer.concat(chunks).toString(), at: performance.now() }
      received.push(one)
      answers(response, one, received.length)
    })
  })
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The receiver does not listen.')
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    received,
    ids: () => received.map(({ headers }) => String(headers['webhook-id'])),
    connections: () => connections,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

/** Answers with a status, and headers if there are some. */
export const answering =
  (status: number, headers: Record<string, string> = {}): Answers =>
  (response) => {
    response.writeHead(status, headers)
    response.end(`answered ${status}`)
  }
