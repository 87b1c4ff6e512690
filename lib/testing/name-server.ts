import { createSocket } from 'node:dgram'
import { promises as dns } from 'node:dns'
import { once } from 'node:events'

const HEADER = 12
const A = 1

/**
 * A server of names (RFC 1035) on this machine, which says for every name what is next: one answer after another, the last
 * for ever.
 * @param answers addresses of IPv4; of IPv6 it has none
 */
export async function startNameServer(answers: string[][]) {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { address, port }) => {
    // One question: labels with their lengths, an empty one, type and class.
    const end = query.indexOf(0, HEADER) + 5
    const isA = query.readUInt16BE(end - 4) === A
    const found = isA ? (answers[Math.min(asked.length, answers.length - 1)] ?? []) : []
    if (isA) asked.push(query.subarray(HEADER + 1, end - 5).toString('latin1'))
    const records = found.map((ip) =>
      // A pointer to the question's name, type and class, no time to live, and the address.
      Buffer.from([0xc0, HEADER, 0, A, 0, 1, 0, 0, 0, 0, 0, 4, ...ip.split('.').map(Number)]),
    )
    const head = Buffer.from([0x81, 0x80, 0, 1, 0, found.length, 0, 0, 0, 0])
    socket.send(Buffer.concat([query.subarray(0, 2), head, query.subarray(HEADER, end), ...records]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    resolver,
    /** How often it was asked for an address of IPv4. */
    asked: () => asked.length,
    stop: () => new Promise<void>((done) => socket.close(done)),
  }
}
