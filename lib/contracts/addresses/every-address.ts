import { toRange } from '@/lib/contracts/addresses/within'

/** The first address of a range and the one behind its last, as numbers. */
function boundsOf(text: string): { kind: string; width: bigint; start: bigint; end: bigint } {
  const { address, bits } = toRange(text)
  const bytes = address.toByteArray()
  const width = BigInt(8 * bytes.length)
  const start = bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n)
  return { kind: address.kind(), width, start, end: start + 2n ** (width - BigInt(bits)) }
}

/**
 * Whether an allowlist lets in every IPv4 or every IPv6 address: such a list says nothing but looks as if it did. By one
 * range, that is refused line by line; here several may do it together, in whatever order and overlap.
 * @param ranges as they are kept
 */
export function allowsEveryAddress(ranges: readonly string[]): boolean {
  const all = ranges.map(boundsOf)
  return ['ipv4', 'ipv6'].some((kind) => {
    const sorted = all.filter((range) => range.kind === kind).sort((a, b) => (a.start < b.start ? -1 : 1))
    const reached = sorted.reduce((to, { start, end }) => (start <= to && end > to ? end : to), 0n)
    return sorted[0] !== undefined && reached === 2n ** sorted[0].width
  })
}

/** What to say of such a list. */
export const EVERY_ADDRESS = 'Together these allow every address; leave the list empty instead.'
