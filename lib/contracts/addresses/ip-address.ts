import ipaddr from 'ipaddr.js'

const COMPATIBLE = /^::(?=\d+\.)/

/**
 * An address; browser-safe. `::1.2.3.4` is not `::ffff:1.2.3.4` (RFC 4291, 2.5.5), for which ipaddr.js takes it unless a
 * zero stands before it.
 * @throws Error for what is no address
 */
export const parseAddress = (text: string): ipaddr.IPv4 | ipaddr.IPv6 => ipaddr.parse(text.replace(COMPATIBLE, '0::'))

/** An address, IPv4 where IPv6 carries it. */
export function plainAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 {
  const address = parseAddress(text)
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}
