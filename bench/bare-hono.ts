import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'

// The yardstick: the same server and router as the product's, with nothing behind them. A process of its own.
const app = new Hono().get('/', (c) => c.json({ status: 'ok' }))
const server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`ready http://127.0.0.1:${address.port}`)
})
