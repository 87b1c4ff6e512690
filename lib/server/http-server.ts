import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse, refuseConnection } from '@/lib/server/refuse'
import { codeOf, StartError } from '@/lib/server/start-error'

/** A request must have arrived whole by then, so that slow senders cannot hold connections. */
const REQUEST_MS = 30_000
const HEADERS_MS = 15_000
/** Longer than load balancers keep idle connections (60 s), so that they never send on one that we just closed. */
const KEEP_ALIVE_MS = 65_000
const FINISH_WITHIN_MS = 10_000

/** @throws StartError when the port is taken */
export async function listen(listener: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(
    {
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
      // The listener refuses it, in our words.
      requireHostHeader: false,
    },
    listener,
  )
  server.on('checkExpectation', (_, response) => {
    void refuse(response, 'invalid_request', 'The server can meet no expectation but 100-continue.')
  })
  server.on('clientError', (error, socket) => void refuseConnection(error, socket))
  try {
    await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done))
  } catch (error) {
    throw new StartError(explain(codeOf(error), host, port))
  }
  return server
}

function explain(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken. Stop what runs there, or set PORT: PORT=3001`
  if (code === 'EACCES') return `Port ${port} on ${host} may be used by root only. Set PORT: PORT=3000`
  return `${host}:${port} cannot be listened on (${code}). Check HOST and PORT.`
}

export function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('A listening server has an address.')
  return address.port
}

/** Accepts no more connections, lets running requests finish for ten seconds, then ends them. */
export async function closeServer(server: Server) {
  const closed = new Promise<'closed'>((done) => server.close(() => done('closed')))
  const deadline = Date.now() + FINISH_WITHIN_MS
  while (Date.now() < deadline) {
    server.closeIdleConnections()
    if ((await Promise.race([closed, sleep(50)])) === 'closed') return
  }
  server.closeAllConnections()
  await closed
}
