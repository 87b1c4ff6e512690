import ipaddr from 'ipaddr.js'

/**
 * Whether an allowlist lets in nobody whom the `outer` one does not; an empty one lets in everybody. Each inner range
 * must lie in one outer range: two that only together cover it are not looked for.
 */
export function addressesWithin(outer: readonly string[], inner: readonly string[]): boolean {
  if (outer.length === 0) return true
  const ranges = outer.map(toRange)
  return inner.length > 0 && inner.map(toRange).every((range) => ranges.some((wider) => contains(wider, range)))
}

type Range = { address: ipaddr.IPv4 | ipaddr.IPv6; bits: number }

/** An address, or a range, of an allowlist as it is kept. */
export function toRange(text: string): Range {
  if (text.includes('/')) {
    const [address, bits] = ipaddr.parseCIDR(text)
    return { address, bits }
  }
  const address = ipaddr.parse(text)
  return { address, bits: address.kind() === 'ipv4' ? 32 : 128 }
}

const contains = (outer: Range, inner: Range): boolean =>
  inner.address.kind() === outer.address.kind() &&
  inner.bits >= outer.bits &&
  inner.address.match(outer.address, outer.bits)
