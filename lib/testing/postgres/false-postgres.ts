import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** Something on a port that answers whoever takes it for a Postgres. */
export type FalsePostgres = { port: number; close: () => Promise<void> }

/** A server that does `onConnection` with each caller. */
export async function falsePostgres(onConnection: (socket: Socket) => void): Promise<FalsePostgres> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('A listening server has an address.')
  return {
    port: address.port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Refuses whoever comes as Postgres does: with an error of this SQLSTATE. */
export const refusing = (code: string, message: string) => (socket: Socket) => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  socket.once('data', () => socket.end(Buffer.concat([head, fields])))
}
