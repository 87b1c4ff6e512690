import { randomUUID } from 'node:crypto'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { DomainError, type ErrorFacts } from '@/lib/base/errors'
import { problemResponse } from '@/lib/http/problems'

/** Answers a request that reaches no application. */
export async function refuse(response: ServerResponse, code: DomainError['code'], detail: string, facts?: ErrorFacts) {
  const reply = problemResponse(new DomainError(code, detail, facts), randomUUID())
  reply.headers.set('X-Content-Type-Options', 'nosniff')
  response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text())
}

const REASONS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'The request headers are too long.',
}

/** Answers what Node could not read as a request, and ends the connection. */
export async function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return writeRefusal(socket, new DomainError('request_timeout', 'The request did not arrive in time.'))
  }
  const detail = REASONS[error.code ?? ''] ?? 'This is not an HTTP request.'
  return writeRefusal(socket, new DomainError('invalid_request', detail))
}

/** Answers CONNECT, which asks for a tunnel to elsewhere. */
export function refuseTunnel(socket: Duplex) {
  return writeRefusal(socket, new DomainError('method_not_allowed', 'This is no proxy.', { allow: [] }))
}

async function writeRefusal(socket: Duplex, error: DomainError) {
  const reply = problemResponse(error, randomUUID())
  const body = await reply.text()
  reply.headers.set('Connection', 'close')
  const headers = [...reply.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.on('error', () => {}).end(`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}\r\n${headers}\r\n${body}`)
}
