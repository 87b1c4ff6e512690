import ipaddr from 'ipaddr.js'
import { echo } from '@/lib/base/echo'
import { parseAddress } from '@/lib/contracts/addresses/ip-address'

const MAPPED_BITS = 96

// ipaddr.js also reads short forms (10.1), octal and zone ids; an allowlist means what it looks like, or is refused.
const IPV4 = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/
const IPV6 = /^[0-9a-f:.]+$/i

type Result = { address: string } | { problem: string }

/**
 * Brings one allowlist line to the form in which it is kept: a single address, or `network/bits`. IPv4-mapped IPv6
 * becomes IPv4. Browser-safe.
 * @returns the address, or what is wrong with the line and how to mend it
 */
export function normalizeAllowedAddress(line: string): Result {
  const [host = '', suffix, ...rest] = line.trim().split('/')
  const strict = host.includes(':') ? IPV6.test(host) : IPV4.test(host)
  if (!strict || rest.length > 0 || !ipaddr.isValid(host)) {
    return {
      problem: `${JSON.stringify(echo(line))} is not an address or a CIDR range, like 203.0.113.50 or 198.51.100.0/24.`,
    }
  }
  const parsed = parseAddress(host)
  const mapped = parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()
  const address = parsed instanceof ipaddr.IPv6 && mapped ? parsed.toIPv4Address() : parsed
  const width = address.kind() === 'ipv4' ? 32 : 128

  if (suffix === undefined) return { address: address.toString() }
  const bits = /^(0|[1-9]\d{0,2})$/.test(suffix) ? Number(suffix) - (mapped ? MAPPED_BITS : 0) : Number.NaN
  if (!(bits >= 0 && bits <= width)) return { problem: `/${echo(suffix)} is not a prefix length of ${host}.` }
  if (bits === 0) return { problem: `${line.trim()} allows every address; leave the list empty instead.` }
  if (bits === width) return { address: address.toString() }

  const network = networkOf(address.toString(), bits)
  if (network !== address.toString()) {
    return { problem: `${line.trim()} has bits set beyond its /${suffix}; the range is ${network}/${bits}.` }
  }
  return { address: `${network}/${bits}` }
}

function networkOf(address: string, bits: number): string {
  const cidr = `${address}/${bits}`
  return ipaddr.parse(address).kind() === 'ipv4'
    ? ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()
    : ipaddr.IPv6.networkAddressFromCIDR(cidr).toString()
}
