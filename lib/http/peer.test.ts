import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { findPeer, PEER_HEADER, readPeer, trustedProxies, writePeer } from '@/lib/http/peer'

const find = (socketAddress: string | undefined, forwardedFor?: string, forwardedProto?: string, trusted = PROXIES) =>
  findPeer({ socketAddress, forwardedFor, forwardedProto }, trustedProxies(trusted))

const PROXIES = ['10.0.0.0/8', '127.0.0.1', 'fd00::/8']
// RFC 5737's documentation range, none of which is trusted.
const stranger = fc.integer({ min: 1, max: 254 }).map((last) => `203.0.113.${last}`)
const proxy = fc.integer({ min: 1, max: 254 }).map((last) => `10.1.2.${last}`)

describe('the address', () => {
  test('is the socket’s own, whatever a stranger’s headers say', () => {
    fc.assert(
      fc.property(stranger, fc.string(), fc.string(), (address, forwardedFor, forwardedProto) => {
        expect(find(address, forwardedFor, forwardedProto)).toEqual({ address, https: false })
      }),
    )
  })

  test('is the last one that is no trusted proxy, whatever stands left of it', () => {
    fc.assert(
      fc.property(fc.string(), stranger, fc.array(proxy), proxy, (forged, address, hops, socket) => {
        expect(find(socket, [forged, address, ...hops].join(', ')).address).toBe(address)
      }),
    )
  })

  test('is the farthest proxy where all are trusted', () => {
    expect(find('10.0.0.1', '10.0.0.3, 10.0.0.2').address).toBe('10.0.0.3')
    expect(find('10.0.0.1').address).toBe('10.0.0.1')
    expect(find('10.0.0.1', '').address).toBe('10.0.0.1')
  })

  test.each(['unknown', '1.2.3', '01.2.3.4', '0x7f.1.1.1', '203.0.113.9:443', '[2001:db8::1]', 'fe80::1%eth0', ''])(
    'is unknown when the hop is %j',
    (hop) => {
      expect(find('10.0.0.1', `203.0.113.1, ${hop}`).address).toBeNull()
    },
  )

  test('is never anything but a plain address', () => {
    fc.assert(
      fc.property(fc.string(), (hop) => {
        const { address } = find('10.0.0.1', hop)
        expect(address === null || /^[0-9a-f.:]+$/.test(address)).toBe(true)
      }),
    )
  })

  test('is IPv4 where IPv6 carries it', () => {
    expect(find('::ffff:203.0.113.7').address).toBe('203.0.113.7')
    expect(find('::ffff:cb00:7107').address).toBe('203.0.113.7')
    expect(find('::ffff:10.0.0.1', '::ffff:203.0.113.7').address).toBe('203.0.113.7')
    expect(find('10.0.0.1', '::203.0.113.7').address).toBe('::cb00:7107')
  })

  test('is compared with networks of its own family', () => {
    expect(find('fd00::1', '2001:db8::1').address).toBe('2001:db8::1')
    expect(find('::1', '2001:db8::1').address).toBe('::1')
    expect(find('203.0.113.1', '203.0.113.2', 'https', ['::/0']).address).toBe('203.0.113.1')
  })

  test('is unknown without a socket address', () => {
    expect(find(undefined, '203.0.113.1', 'https')).toEqual({ address: null, https: false })
  })
})

describe('HTTPS', () => {
  test('is what every trusted proxy says', () => {
    expect(find('10.0.0.1', undefined, 'https').https).toBe(true)
    expect(find('10.0.0.1', undefined, 'https, https').https).toBe(true)
    expect(find('10.0.0.1', undefined, 'https, http').https).toBe(false)
    expect(find('10.0.0.1', undefined, 'http').https).toBe(false)
    expect(find('10.0.0.1').https).toBe(false)
  })
})

describe('the internal header', () => {
  afterEach(() => {
    globalThis.latchkeyPeerSecret = undefined
  })

  const read = (value: string) => readPeer(new Headers({ [PEER_HEADER]: value }))

  test('brings the peer over', () => {
    for (const address of ['203.0.113.7', '2001:db8::1', null]) {
      for (const https of [true, false]) expect(read(writePeer({ address, https }))).toEqual({ address, https })
    }
  })

  test('is not believed without the process’s secret', () => {
    const nobody = { address: null, https: false }
    expect(read('undefined 203.0.113.7 https')).toEqual(nobody)
    const secret = writePeer({ address: null, https: false }).split(' ')[0] ?? ''
    for (const guess of ['', 'x'.repeat(secret.length), 'é'.repeat(secret.length), secret.slice(1)]) {
      expect(read(`${guess} 203.0.113.7 https`)).toEqual(nobody)
    }
    expect(readPeer(new Headers())).toEqual(nobody)
  })
})
