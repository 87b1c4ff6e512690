import type { LookupFunction } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { useEnvironment } from '@/lib/testing/environment'
import { startNameServer } from '@/lib/testing/name-server'
import { answering, type Receiver, startReceiver } from '@/lib/testing/receiver'
import { connectReceiver } from '@/lib/work/webhooks/guard/connect'
import { lookUpBy } from '@/lib/work/webhooks/guard/look-up'
import { objectionTo } from '@/lib/work/webhooks/guard/receiver-address'
import { post } from '@/lib/work/webhooks/sending/post'

setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'https://keys.example.org', requireHttps: true })

/** A public address; these tests connect to nobody. */
const PUBLIC = '93.184.215.14'

/** A server of names that gives out these addresses, one answer after another. */
const naming = (...answers: string[][]): LookupFunction & { asked: () => number } => {
  let asked = 0
  const lookup: LookupFunction = (_host, options, callback) => {
    const found = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    const all = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) callback(null, all)
    else callback(null, all[0]?.address ?? '', all[0]?.family)
  }
  return Object.assign(lookup, { asked: () => asked })
}

const outcome = (url: string, lookup?: LookupFunction) =>
  connectReceiver(new URL(url), AbortSignal.timeout(2_000), lookup).then(
    (socket) => {
      socket.destroy()
      return 'connected'
    },
    (error) => error.name,
  )

/** Private, special and own addresses, as URLs can spell them. */
const CLOSED = [
  '127.0.0.1',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '１２７.０.０.１',
  '１２７。０。０。１',
  '①②⑦.⓪.⓪.①',
  '0',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.168.1.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::1]',
  '[2001::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[100::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[5f00::1]',
  'localhost',
  'localhost.',
  'LOCALHOST',
  'a.localhost',
  'ip6-localhost',
  'metadata',
  'metadata.google.internal',
  'printer.local',
  'router.lan',
  'keys.example.org',
  'keys.example.org.',
]

describe.each(CLOSED)('%s', (host) => {
  test('is told to whoever subscribes it, and nothing is connected to it', async () => {
    const url = new URL(`https://${host}/`).href
    expect(objectionTo(url)).toMatch(/^This /)
    const lookup = naming([PUBLIC])
    expect(await outcome(url, lookup)).toBe('ClosedAddress')
    expect(lookup.asked()).toBe(0)
  })
})

test.each([
  'https://93.184.215.14/',
  'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8443/',
  'https://example.com/a?b',
])('%s may be subscribed', (url) => {
  expect(objectionTo(url)).toBeNull()
})

test.each(['http://example.com/', 'https://example.com:22/', 'https://example.com:80/', 'https://example.com:6379/'])(
  '%s may not: another scheme, or a port that receivers do not have',
  async (url) => {
    expect(objectionTo(url)).toMatch(/^Use /)
    expect(await outcome(url, naming([PUBLIC]))).toBe('ClosedAddress')
  },
)

describe('a name', () => {
  test.each([
    [['10.0.0.5']],
    [['::ffff:10.0.0.5']],
    [['fd00::5']],
    [['169.254.169.254']],
    [['64:ff9b::a00:5']],
    [[PUBLIC, '127.0.0.1']],
    [[]],
  ])('that leads to %j is not connected to', async (addresses) => {
    expect(await outcome('https://receiver.example.com/', naming(addresses))).toBe('ClosedAddress')
  })

  test('whose server says another address from one look-up to the next is judged by the last', async () => {
    const server = await startNameServer([[PUBLIC], ['127.0.0.1'], ['169.254.169.254']])
    // As somebody would who checks a name before the connection looks it up again.
    expect(await server.resolver.resolve4('receiver.example.com')).toEqual([PUBLIC])
    for (let connection = 0; connection < 2; connection++) {
      expect(await outcome('https://receiver.example.com/', lookUpBy(server.resolver))).toBe('ClosedAddress')
    }
    expect(server.asked()).toBe(3)
    await server.stop()
  })

  test('that no server knows is told as not found', async () => {
    const server = await startNameServer([[]])
    const connect: typeof connectReceiver = (url, signal) => connectReceiver(url, signal, lookUpBy(server.resolver))
    const answer = await post({ url: 'https://receiver.example.com/', headers: {}, body: '{}' }, { connect })
    expect(answer.error).toBe('The name could not be found.')
    await server.stop()
  })

  test('is looked up once for a connection: there is no second answer to be another', async () => {
    const lookup = naming([PUBLIC], ['127.0.0.1'])
    const ending = new AbortController()
    // Ended as soon as the name is known: these tests connect to nobody.
    const once: LookupFunction = (host, options, callback) =>
      lookup(host, options, (error, address, family) => {
        ending.abort(new Error('known'))
        callback(error, address, family)
      })
    const connecting = connectReceiver(new URL('https://receiver.example.com/'), ending.signal, once)
    await expect(connecting).rejects.toThrow('known')
    expect(lookup.asked()).toBe(1)
  })
})

describe('a host that the operator has opened', () => {
  let receiver: Receiver
  useEnvironment(() => ({ ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'] }))
  beforeAll(async () => {
    receiver = await startReceiver(answering(302, { Location: 'http://169.254.169.254/latest/meta-data' }))
  })
  afterAll(() => receiver.stop())

  test('is reached, over http and on any port, by this spelling and no other', async () => {
    expect(objectionTo(receiver.url)).toBeNull()
    expect(await outcome(receiver.url)).toBe('connected')
    expect(objectionTo(receiver.url.replace('127.0.0.1', 'localhost'))).toBe('Use https.')
  })

  test('that redirects is not followed', async () => {
    const answer = await post({ url: receiver.url, headers: {}, body: '{}' })
    expect(answer).toMatchObject({ status_code: 302, error: null, reply: 'answered 302' })
    expect(receiver.received).toHaveLength(1)
  })
})

test('what the network said of a closed address is not told: only that nothing is sent there', async () => {
  const { error, status_code } = await post({ url: 'https://127.0.0.1/', headers: {}, body: '{}' })
  expect(status_code).toBeNull()
  expect(error).toBe('127.0.0.1 leads to an address that nothing is sent to.')
})
