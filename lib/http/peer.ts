import { randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { plainAddress } from '@/lib/contracts/addresses/ip-address'

/** Who is at the other end of a request. */
export type Peer = {
  /** Null when nobody who is trusted told it. */
  address: string | null
  https: boolean
}

/** What a connection and its headers say; several headers of one name are joined with commas, as Node does. */
export type Connection = {
  socketAddress: string | undefined
  forwardedFor: string | undefined
  forwardedProto: string | undefined
}

const UNKNOWN: Peer = { address: null, https: false }

/** One way to write each address: IPv4 in IPv6 becomes IPv4. Null for anything but a plain address. */
function canonical(text: string): string | null {
  const version = isIP(text)
  // IPv4 has one way already: `isIP` takes no other.
  if (version === 4) return text
  if (version === 0 || text.includes('%')) return null
  return plainAddress(text).toString()
}

export type TrustedProxies = (address: string) => boolean

/** @param ranges addresses and CIDRs */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const parsed = ranges.map((range): [ipaddr.IPv4 | ipaddr.IPv6, number] => {
    if (range.includes('/')) return ipaddr.parseCIDR(range)
    const address = plainAddress(range)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  })
  if (parsed.length === 0) return () => false
  return (text) => {
    const address = ipaddr.parse(text)
    return parsed.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits))
  }
}

/**
 * Finds the caller: the socket's peer, or, behind trusted proxies, the last address in `X-Forwarded-For` that none of
 * them has. What stands left of it anybody can write.
 */
export function findPeer({ socketAddress, forwardedFor, forwardedProto }: Connection, trusted: TrustedProxies): Peer {
  const socket = canonical(socketAddress ?? '')
  if (!socket || !trusted(socket)) return { address: socket, https: false }
  const https = forwardedProto?.split(',').every((protocol) => protocol.trim() === 'https') ?? false
  let address: string | null = socket
  for (const hop of forwardedFor?.trim() ? forwardedFor.split(',').reverse() : []) {
    if (!address || !trusted(address)) break
    address = canonical(hop.trim())
  }
  return { address, https }
}

/** How `server.ts` tells Next what it found. */
export const PEER_HEADER = 'x-latchkey-peer'

// Next bundles its own copy of this module: the secret is shared by both. It never leaves the process.
declare global {
  var latchkeyPeerSecret: string | undefined
}

/** The value of `PEER_HEADER`: `<secret> <address or -> <https or http>`. */
export function writePeer({ address, https }: Peer): string {
  globalThis.latchkeyPeerSecret ??= randomBytes(24).toString('base64url')
  return `${globalThis.latchkeyPeerSecret} ${address ?? '-'} ${https ? 'https' : 'http'}`
}

function isSame(sent: string, secret: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * The peer that `server.ts` found. On a host that runs Next without it nobody vouches for anything: no address, no
 * HTTPS; where the host itself ends TLS, `REQUIRE_HTTPS=false` says so.
 */
export function readPeer(headers: Headers): Peer {
  const secret = globalThis.latchkeyPeerSecret
  const [sent, address, protocol] = headers.get(PEER_HEADER)?.split(' ') ?? []
  if (!secret || !sent || !isSame(sent, secret)) return UNKNOWN
  return { address: address && address !== '-' ? address : null, https: protocol === 'https' }
}
