import { lookup as systemLookup } from 'node:dns'
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { lookUp } from '@/lib/work/webhooks/guard/look-up'
import { isOpened, mayReceive, objectionTo, receiverHost } from '@/lib/work/webhooks/guard/receiver-address'

/** Thrown where the guard closes: what is told of it is in no reply of the receiver's. */
export class ClosedAddress extends Error {
  override name = 'ClosedAddress'
}

const closed = (host: string) => new ClosedAddress(`${host} leads to an address that nothing is sent to.`)

/** Looks a name up and refuses it where any of its addresses is closed: the socket is given only what was judged. */
const guarded =
  (lookup: LookupFunction): LookupFunction =>
  (host, options, callback) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const addresses = Array.isArray(found) ? found : []
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => mayReceive(address))) return callback(closed(host), '')
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
    })

/**
 * Connects to a receiver. What is judged is the address that the connection is made to: a literal, which is never looked
 * up, before; a name's, as it is looked up; and the socket's, once it stands, before anything is sent.
 * @param lookup where names are looked up; that of an opened host is left to the system
 * @returns the socket, over TLS for https
 * @throws ClosedAddress; Error when there is no connection, or its certificate is not the host's
 */
export async function connectReceiver(url: URL, signal: AbortSignal, lookup: LookupFunction = lookUp): Promise<Socket> {
  const host = receiverHost(url)
  if (objectionTo(url.href) !== null) throw closed(host)
  const open = isOpened(host)
  const secure = url.protocol === 'https:'
  const socket = connectTcp({
    host,
    port: Number(url.port || (secure ? 443 : 80)),
    lookup: open ? systemLookup : guarded(lookup),
    noDelay: true,
  })
  const abort = () => socket.destroy(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  socket.once('close', () => signal.removeEventListener('abort', abort))
  await once(socket, 'connect')
  if (!open && !mayReceive(socket.remoteAddress ?? '')) {
    socket.destroy()
    throw closed(host)
  }
  if (!secure) return socket
  // A server is told a name, never an address (RFC 6066).
  const safe = connectTls({ socket, ...(isIP(host) === 0 && { servername: host }), host, ALPNProtocols: ['http/1.1'] })
  // The end of one is the end of both.
  safe.once('close', () => socket.destroy())
  await once(safe, 'secureConnect')
  return safe
}

/** Until the socket stands. @throws Error what ended it before */
function once(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => {
      socket.off('error', reject)
      // From here on the request hears of errors; one that comes between would end the process.
      socket.on('error', () => {})
      resolve()
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('The connection was closed.')))
  })
}
