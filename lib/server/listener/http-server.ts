import { type IncomingMessage, type RequestListener, Server, type ServerOptions, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { InFlight } from '@/lib/base/in-flight'
import { refuse, refuseConnection, refuseTunnel } from '@/lib/server/listener/refuse'
import { codeOf, StartError } from '@/lib/server/process/start-error'

const OPTIONS: ServerOptions = {
  /** A request must have arrived whole by then, so that slow senders cannot hold connections. */
  requestTimeout: 30_000,
  headersTimeout: 15_000,
  /** Longer than load balancers keep idle connections (60 s), so that they never send on one that we just closed. */
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  // The listener refuses it, in our words.
  requireHostHeader: false,
}

/** Who calls at least every five seconds has heard by then, on each of its connections, that we stop. */
const LEAVE_WITHIN_MS = 6_000
/** Nobody has connected for so long: then nobody is about to, among those who wait for a reply. */
const QUIET_MS = 50
const QUIET_WITHIN_MS = 1_000
/** A connection that was just made may still bring its request. */
const BRING_WITHIN_MS = 1_000
const FINISH_WITHIN_MS = 10_000
/** A body whose request is refused already is read on for so long: a caller who still sends may not see a reply sooner. */
const READ_ON_MS = 1_000

/** An HTTP server whose listener can be exchanged, and that can stop without resetting a caller. */
export class HttpServer extends Server {
  #listener: RequestListener
  readonly #sockets = new Set<Socket>()
  readonly #running = new InFlight<ServerResponse>()
  #accepted = 0
  #draining = false
  /** Requests that are answered only once nobody can connect any more; null when none has to wait. */
  #held: (() => void)[] | null = null

  constructor(listener: RequestListener) {
    super(OPTIONS)
    this.#listener = listener
    this.on('connection', (socket) => this.#accept(socket))
    this.on('request', (request, response) => {
      if (this.#draining) response.shouldKeepAlive = false
      if (this.#held) this.#held.push(() => this.#answer(request, response))
      else this.#answer(request, response)
    })
    this.on('checkExpectation', (_, response) => {
      void refuse(response, 'invalid_request', 'The server can meet no expectation but 100-continue.')
    })
    this.on('connect', (_, socket) => void refuseTunnel(socket))
    this.on('clientError', (error, socket) => void refuseConnection(error, socket))
  }

  /** Requests that are not answered yet. */
  get underWay(): number {
    return this.#running.size
  }

  /** From now on `listener` answers. */
  serve(listener: RequestListener) {
    this.#listener = listener
  }

  /**
   * Ends the server. From now on every reply says `Connection: close`, and ends its connection. For six seconds more new
   * connections are taken, unless none is open; then running requests have ten seconds to finish. Connections that brought
   * nothing in all this time are closed last.
   * @param options.leaveWithinMs how long callers may take to leave, in milliseconds
   */
  async drain({ leaveWithinMs = LEAVE_WITHIN_MS } = {}) {
    this.#draining = true
    for (const response of this.#running) response.shouldKeepAlive = false
    if (this.#sockets.size > 0) await sleep(leaveWithinMs)
    const closed = new Promise((done) => this.once('close', done))
    await this.#stopListening()
    await Promise.race([closed, sleep(BRING_WITHIN_MS)])
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy()
    await Promise.race([closed, sleep(FINISH_WITHIN_MS)])
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  /**
   * The system resets whoever has connected, but is not accepted yet, when a server stops listening. So requests wait for
   * this moment: who waits for a reply makes no new connection.
   */
  async #stopListening() {
    const held: (() => void)[] = []
    this.#held = held
    const deadline = performance.now() + QUIET_WITHIN_MS
    for (let before = -1; before !== this.#accepted && performance.now() < deadline; ) {
      before = this.#accepted
      await sleep(this.#sockets.size > 0 ? QUIET_MS : 0)
    }
    this.close()
    this.#held = null
    for (const answer of held) answer()
  }

  #accept(socket: Socket) {
    this.#accepted++
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  #answer(...[request, response]: Parameters<RequestListener>) {
    const place = this.#running.add(response)
    response.on('close', () => {
      this.#running.remove(place)
      if (!request.complete) setTimeout(() => endUnread(request), READ_ON_MS).unref()
      // Where the reply was begun before the stop, it did not say that the connection ends.
      if (!this.listening) setImmediate(() => this.closeIdleConnections())
    })
    this.#listener(request, response)
  }
}

function endUnread(request: IncomingMessage) {
  if (!request.complete) request.socket.destroySoon()
}

/** @throws StartError when the port is taken */
export async function listen(listener: RequestListener, host: string, port: number): Promise<HttpServer> {
  const server = new HttpServer(listener)
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
