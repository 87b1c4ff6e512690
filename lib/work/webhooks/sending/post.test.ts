import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { useEnvironment } from '@/lib/testing/environment'
import { answering, startReceiver } from '@/lib/testing/receiver'
import { post } from '@/lib/work/webhooks/sending/post'

setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'https://keys.example.org', requireHttps: true })
useEnvironment(() => ({ ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'] }))

type Answers = Parameters<typeof startReceiver>[0]

/** Posts to a receiver that behaves so. `patience` stands in for the twenty seconds. */
async function postTo(answers: Answers, patience = 500) {
  const receiver = await startReceiver(answers)
  const began = performance.now()
  const answer = await post(
    { url: receiver.url, headers: { 'webhook-id': 'x' }, body: '{"a":"é"}' },
    { timeout_ms: patience },
  )
  const ms = performance.now() - began
  await receiver.stop()
  return { ...answer, ms, receiver }
}

test('a message is posted as JSON with its headers, and the answer comes back', async () => {
  const { receiver, ...answer } = await postTo(answering(201, { 'Retry-After': '7' }))
  expect(answer).toMatchObject({ status_code: 201, error: null, reply: 'answered 201', retry_after: '7' })
  expect(receiver.received).toMatchObject([
    {
      path: '/hooks',
      body: '{"a":"é"}',
      headers: { 'content-type': 'application/json', 'content-length': '10', 'webhook-id': 'x' },
    },
  ])
  expect(receiver.received[0]?.headers.host).toBe(new URL(receiver.url).host)
})

const LATE = 'There was no reply in time.'

test('a receiver that hangs is left in time', async () => {
  expect(await postTo(() => {})).toMatchObject({ status_code: null, error: LATE })
})

test('a receiver that answers 200 too late has not answered', async () => {
  const late: Answers = (response) => void setTimeout(() => response.end('late'), 2_000)
  const { ms, ...answer } = await postTo(late)
  expect(answer).toMatchObject({ status_code: null, error: LATE })
  expect(ms).toBeLessThan(1_900)
})

test('a receiver that resets the connection is told as such', async () => {
  const reset: Answers = (response) => void response.socket?.resetAndDestroy()
  expect(await postTo(reset)).toMatchObject({ status_code: null, error: 'The connection was broken off.' })
})

test('a receiver that is not there is told as such', async () => {
  const receiver = await startReceiver()
  await receiver.stop()
  expect(await post({ url: receiver.url, headers: {}, body: '{}' })).toMatchObject({
    status_code: null,
    error: 'The connection was refused.',
  })
})

test('of a reply of 10 GB no more than 64 KB is read, and 1 KB kept', async () => {
  let sent = 0
  const endless: Answers = (response) => {
    response.writeHead(200, { 'Content-Length': String(10_000_000_000) })
    const chunk = Buffer.alloc(64 * 1024, 'a')
    const write = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length
    }
    response.on('drain', write)
    response.on('error', () => {})
    write()
  }
  const { reply, status_code, ms } = await postTo(endless, 10_000)
  expect([status_code, reply]).toEqual([200, 'a'.repeat(1024)])
  expect(ms).toBeLessThan(9_000)
  expect(sent).toBeLessThan(50_000_000)
})

test('a reply that drips for ever is what its status says, and left in time', async () => {
  const dripping: Answers = (response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('.'), 20)
    void once(response, 'close').then(() => clearInterval(timer))
  }
  const { status_code, reply, ms } = await postTo(dripping)
  expect(status_code).toBe(200)
  expect(reply).toMatch(/^\.+$/)
  expect(ms).toBeLessThan(2_000)
})

test('a reply that Postgres could not keep is made such that it can', async () => {
  const odd: Answers = (response) => response.end(Buffer.from([0x61, 0x00, 0xff, 0x62]))
  expect((await postTo(odd)).reply).toBe('a\uFFFD\uFFFDb')
})

/** A certificate that nobody vouches for; null where this machine cannot make one. */
async function selfSigned(): Promise<{ key: Buffer; cert: Buffer } | null> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const words = '-x509 -nodes -days 1 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -subj /CN=127.0.0.1'
  try {
    execFileSync('openssl', ['req', ...words.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' })
    return { key: await readFile(key), cert: await readFile(cert) }
  } catch {
    return null
  } finally {
    await rm(folder, { recursive: true })
  }
}

const identity = await selfSigned()

test.runIf(identity)('a receiver whose certificate nobody vouches for is sent nothing', async () => {
  let requests = 0
  const server = createServer(identity ?? {}, () => void requests++).listen(0, '127.0.0.1')
  server.on('tlsClientError', () => {})
  await once(server, 'listening')
  const url = `https://127.0.0.1:${Object(server.address()).port}/`
  const { error } = await post({ url, headers: {}, body: '{}' })
  expect(error).toBe('There was no reply: DEPTH_ZERO_SELF_SIGNED_CERT.')
  expect(requests).toBe(0)
  server.close()
})
