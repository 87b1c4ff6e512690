import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { DomainError, type ErrorFacts } from '@/lib/errors'
import { problemResponse } from '@/lib/http/problems'

/** Answers a request that reaches no application. */
export async function refuse(response: ServerResponse, code: DomainError['code'], detail: string, facts?: ErrorFacts) {
  const reply = problemResponse(new DomainError(code, detail, facts), randomUUID())
  response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text())
}

const REASONS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'The request headers are too long.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time.',
}

/** Answers what Node could not read as a request, and ends the connection. */
export async function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const detail = REASONS[error.code ?? ''] ?? 'This is not an HTTP request.'
  const reply = problemResponse(new DomainError('invalid_request', detail), randomUUID())
  const body = await reply.text()
  reply.headers.set('Content-Length', String(Buffer.byteLength(body)))
  reply.headers.set('Connection', 'close')
  const headers = [...reply.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 400 Bad Request\r\n${headers}\r\n${body}`)
}
