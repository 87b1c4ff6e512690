import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { SECOND_MS } from '@/lib/base/time'
import { ClosedAddress, connectReceiver } from '@/lib/work/webhooks/guard/connect'

/** From the beginning of the connection to the last byte that is read. */
const TIMEOUT_MS = 20 * SECOND_MS

/** More of a reply is not read. */
const MOST_READ = 64 * 1024

/** So much of it is kept, for the log. */
const MOST_KEPT = 1024

export type ReceiverAnswer = {
  /** Null: there was no reply. */
  status_code: number | null
  /** Why there was none. */
  error: string | null
  /** How the reply begins. */
  reply: string | null
  retry_after: string | undefined
}

type Message = { url: string; headers: Record<string, string>; body: string }

type Limits = {
  /** What else ends it. */
  signal?: AbortSignal
  timeout_ms?: number
  connect?: typeof connectReceiver
}

/**
 * Posts JSON to a receiver. Whatever the receiver does, it ends in time and within bounds; redirects are not followed.
 * Never within a transaction.
 * @returns what came of it; it does not throw
 */
export async function post(
  { url, headers, body }: Message,
  { signal, timeout_ms = TIMEOUT_MS, connect = connectReceiver }: Limits = {},
): Promise<ReceiverAnswer> {
  const timeout = AbortSignal.timeout(timeout_ms)
  const ends = signal ? AbortSignal.any([signal, timeout]) : timeout
  let socket: Socket | undefined
  try {
    socket = await connect(new URL(url), ends)
    const response = await send(socket, { url, headers, body }, ends)
    const reply = await beginningOf(response, ends)
    const { statusCode: status_code = null } = response
    return { status_code, error: null, reply, retry_after: response.headers['retry-after'] }
  } catch (error) {
    return { status_code: null, error: told(error, timeout), reply: null, retry_after: undefined }
  } finally {
    socket?.destroy()
  }
}

function send(socket: Socket, { url, headers, body }: Message, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { host, pathname, search } = new URL(url)
    const sending = request({
      // The socket stands, so there is nothing to look up or to connect to.
      createConnection: () => socket,
      method: 'POST',
      path: `${pathname}${search}`,
      headers: {
        Host: host,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'Latchkey-Webhooks/1',
        Connection: 'close',
        ...headers,
      },
      signal,
    })
    sending.on('error', reject)
    sending.on('response', resolve)
    sending.end(body)
  })
}

/** What a status says holds, whatever becomes of the body behind it. */
async function beginningOf(response: IncomingMessage, signal: AbortSignal): Promise<string> {
  const kept: Buffer[] = []
  let read = 0
  try {
    for await (const chunk of response) {
      if (read < MOST_KEPT) kept.push(chunk)
      read += chunk.length
      if (read >= MOST_READ || signal.aborted) break
    }
  } catch {
    // It broke off.
  }
  return Buffer.concat(kept).subarray(0, MOST_KEPT).toString('utf8').replaceAll('\0', '\uFFFD')
}

/** In words for the log: what the network said, without what it holds of us. */
function told(error: unknown, timeout: AbortSignal): string {
  if (timeout.aborted) return 'There was no reply in time.'
  if (error instanceof ClosedAddress) return error.message
  const { code } = Object(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The name could not be found.'
  if (code === 'ECONNREFUSED') return 'The connection was refused.'
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'The connection was broken off.'
  if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return `There was no reply: ${code}.`
  return 'There was no reply.'
}
