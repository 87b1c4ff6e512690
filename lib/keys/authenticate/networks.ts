import ipaddr from 'ipaddr.js'
import { plainAddress } from '@/lib/contracts/addresses/ip-address'
import { pool } from '@/lib/kernel/db/client'

/** Of each key; one that is used from more is used from anywhere, and none of them is news. */
const MOST_NETWORKS = 100

/** Of one process: a network that it has noted is asked of the database no more. */
const MOST_KNOWN = 20_000

/** Addresses of one network belong to one site, mostly. */
const BITS = { ipv4: 24, ipv6: 48 }

/** The network of an address, as a CIDR: /24 of IPv4, /48 of IPv6. */
export function networkOf(text: string): string {
  const address = plainAddress(text)
  const cidr = `${address}/${BITS[address.kind()]}`
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr)
  return `${network}/${BITS[address.kind()]}`
}

type Seen = { key_id: string; at: Date; address: string | null }
type SeenNetwork = { key_id: string; at: Date; address: string; network: string }

const known = new Set<string>()
const nameOf = ({ key_id, network }: SeenNetwork) => `${key_id} ${network}`

/**
 * Notes from which networks keys were used. The first of a key is what others are compared with; each later one is news.
 * A playground key's are no news: it lives for an hour.
 */
export async function noteNetworks(uses: Seen[]): Promise<void> {
  const found = new Map<string, SeenNetwork>()
  for (const { key_id, at, address } of uses) {
    if (address === null) continue
    const seen = { key_id, at, address, network: networkOf(address) }
    if (!known.has(nameOf(seen))) found.set(nameOf(seen), seen)
  }
  if (found.size === 0) return
  const seen = [...found.values()]
  await pool().query(
    `INSERT INTO key_networks (key_id, network, seen_at, address, news)
     SELECT new.key_id, new.network, new.seen_at, new.address,
       NOT k.playground AND EXISTS (SELECT FROM key_networks n WHERE n.key_id = new.key_id)
     FROM unnest($1::uuid[], $2::inet[], $3::timestamptz[], $4::text[]) AS new (key_id, network, seen_at, address)
     JOIN api_keys k ON k.id = new.key_id
     WHERE (SELECT count(*) FROM key_networks n WHERE n.key_id = new.key_id) < $5
     ORDER BY new.key_id, new.network
     FOR KEY SHARE OF k
     ON CONFLICT (key_id, network) DO NOTHING`,
    [
      seen.map(({ key_id }) => key_id),
      seen.map(({ network }) => network),
      seen.map(({ at }) => at),
      seen.map(({ address }) => address),
      MOST_NETWORKS,
    ],
  )
  if (known.size > MOST_KNOWN) known.clear()
  for (const name of found.keys()) known.add(name)
}
