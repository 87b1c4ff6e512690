import ipaddr from 'ipaddr.js'
import { plainAddress } from '@/lib/contracts/addresses/ip-address'

/** What a provider gives one customer. */
const NETWORK_BITS = 64

/** As whom a caller is counted: whoever has one IPv6 address has all of its /64. What is no address is `unknown`. */
export function countedAs(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown'
  const plain = plainAddress(address)
  if (plain instanceof ipaddr.IPv4) return plain.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${plain}/${NETWORK_BITS}`).toString()
}
