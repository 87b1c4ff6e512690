import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { listeningOn } from '@/lib/server/process/address'

test.each([
  ['https://keys.example.com', '127.0.0.1', /^127\.0\.0\.1:\d+$/],
  ['http://localhost:3000', '0.0.0.0', /^0\.0\.0\.0:\d+$/],
])('behind %s a server on %s says where it listens', async (origin, host, own) => {
  const server = createServer()
  await once(server.listen(0, host), 'listening')
  expect(listeningOn(server, origin)).toMatch(own)
  server.close()
})

test('a server whose public address says where it listens does not say it twice', async () => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  expect(listeningOn(server, `http://127.0.0.1:${port}`)).toBeNull()
  server.close()
})
