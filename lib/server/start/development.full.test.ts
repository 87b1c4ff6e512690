import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { spawnProduct, stop } from '@/lib/testing/product'

/** The status of an attempt to open a WebSocket, from a page of `origin`. */
const upgrade = (url: URL, origin: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const headers = {
      Origin: origin,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version': '13',
    }
    request(url, { headers })
      .on('upgrade', ({ statusCode }, socket) => {
        socket.destroy()
        resolve(statusCode)
      })
      .on('response', ({ statusCode }) => resolve(statusCode))
      .on('error', reject)
      .end()
  })

test('in development a page of the printed address reaches the tools that reload it, and another site does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-development-'))
  // The user that runs Postgres for root must be able to pass.
  await chmod(folder, 0o711)
  const product = spawnProduct({ DATA_DIR: join(folder, 'data') }, '--dev')
  try {
    const url = await product.ready()
    // Next opens its tools with the first page.
    expect((await fetch(`${url}/sign-in`)).status).toBe(200)
    const tools = new URL('/_next/hmr?id=test', url)
    expect(await upgrade(tools, url)).toBe(101)
    await expect(upgrade(tools, 'http://evil.example')).rejects.toThrow()
  } finally {
    await stop(product)
    await rm(folder, { recursive: true, force: true })
  }
})
