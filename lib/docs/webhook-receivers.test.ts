import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { GUIDES, readSource } from '@/lib/docs/guides'
import { canRun } from '@/lib/testing/programs'
import { signedHeaders } from '@/lib/work/webhooks/sending/sign'
import { makeSecret, writeSecret } from '@/lib/work/webhooks/subscriptions/secret'

const LANGUAGES: Record<string, { name: string; command: string; file: string }> = {
  js: { name: 'javascript', command: process.execPath, file: 'receiver.mjs' },
  python: { name: 'python', command: 'python3', file: 'receiver.py' },
}

const guide = GUIDES.find(({ slug }) => slug === 'webhooks')
const source = guide ? await readSource(guide) : ''
const receivers = [...source.matchAll(/^```(\w+) receiver\n([\s\S]*?)^```/gm)].flatMap(
  ([, language = '', code = '']) => {
    const runner = LANGUAGES[language]
    return runner ? [{ ...runner, code }] : []
  },
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('There is no free port.')
  return address.port
}

/** Until the port is open, or its process has ended. */
async function listening(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const reached = await fetch(url, { method: 'OPTIONS' }).then(
      () => true,
      () => false,
    )
    if (reached) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('The receiver ended.')
}

test('the guide has a receiver in JavaScript and one in Python', () => {
  expect(receivers.map(({ name }) => name)).toEqual(['javascript', 'python'])
})

test.each(receivers.filter(({ name }) => canRun(name)))(
  'the receiver in $name takes what we sign, also while secrets change, and nothing else',
  async ({ command, file, code }) => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-receiver-'))
    await writeFile(join(folder, file), code)
    const [secret, other, port] = [makeSecret(), makeSecret(), await freePort()]
    const env = { ...process.env, WEBHOOK_SECRET: writeSecret(secret), PORT: String(port) }
    const child = spawn(command, [join(folder, file)], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      const url = `http://127.0.0.1:${port}/`
      await listening(url, child)
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const body = JSON.stringify({ type: 'contact.created', data: { subject: { id: 'the-é-row' } } })
      const now = Math.floor(Date.now() / 1_000)
      const send = async (secrets: Uint8Array[], timestamp = now, sent = body) => {
        const headers = signedHeaders(secrets, { id: 'msg', timestamp, body })
        return (await fetch(url, { method: 'POST', headers, body: sent })).status
      }
      expect(await send([secret])).toBe(204)
      expect((await lines.next()).value).toBe('contact.created the-é-row')
      expect(await send([other, secret])).toBe(204)
      expect(await send([other])).toBe(400)
      expect(await send([secret], now - 400)).toBe(400)
      expect(await send([secret], now + 400)).toBe(400)
      expect(await send([secret], now, body.replace('created', 'deleted'))).toBe(400)
    } finally {
      child.kill()
      await once(child, 'exit')
      await rm(folder, { recursive: true })
    }
  },
)
