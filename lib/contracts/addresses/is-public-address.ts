import ipaddr from 'ipaddr.js'
import { plainAddress } from '@/lib/contracts/addresses/ip-address'

/** All that is given out of IPv6 for the Internet. What carries an IPv4 address within (NAT64, 6to4, Teredo) is told by its own range. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address is one of the Internet's: not private, not this machine's or link's, not kept for any purpose of its
 * own (IANA's registries of special addresses), and no IPv6 address that stands for such an IPv4 one.
 * @param text an address without zone or brackets; what is none is not public
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = plainAddress(text)
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST)
}
