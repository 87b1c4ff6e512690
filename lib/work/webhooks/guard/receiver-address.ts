import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { env } from '@/lib/base/node/env'
import { runtime } from '@/lib/base/node/runtime'
import { plainAddress } from '@/lib/contracts/addresses/ip-address'
import { isPublicAddress } from '@/lib/contracts/addresses/is-public-address'

/** Ports of receivers. Others belong to databases, mail servers and consoles, which are not to be talked to through us. */
const PORTS = ['', '443', '8443']

const LOOPBACK = ['localhost', '127.0.0.1', '::1']

/** Names that no public server of names gives out (RFC 6761, RFC 6762, RFC 8375, RFC 9476), by their last labels. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa|onion|alt|test|invalid|intranet|corp|home)$/

/** The host of a URL as it is looked up: no brackets, no dot of the root. */
export const receiverHost = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')

/** Whether the operator has opened this host, whatever its address. In development this machine is open. */
export function isOpened(host: string): boolean {
  return env.ALLOWED_WEBHOOK_HOSTS.includes(host) || (env.NODE_ENV === 'development' && LOOPBACK.includes(host))
}

const isOurs = (address: string): boolean => {
  const plain = plainAddress(address).toString()
  return Object.values(networkInterfaces()).some((all = []) =>
    all.some((own) => plainAddress(own.address.replace(/%.*$/, '')).toString() === plain),
  )
}

/** Whether something may be sent to an address: one of the Internet's, and none of this machine's own. */
export const mayReceive = (address: string): boolean => isPublicAddress(address) && !isOurs(address)

/**
 * What stands against a URL as a receiver's, by what can be seen of it. The addresses of its name are judged when it is
 * connected to, each time: they may be others by then.
 * @param text parses as a URL without credentials
 * @returns null: nothing
 */
export function objectionTo(text: string): string | null {
  const url = new URL(text)
  const host = receiverHost(url)
  if (isOpened(host)) return null
  if (url.protocol !== 'https:') return 'Use https.'
  if (!PORTS.includes(url.port)) return 'Use the port 443 or 8443.'
  if (isIP(host) > 0) return mayReceive(host) ? null : 'This address is not on the Internet, or is our own.'
  if (!host.includes('.') || LOCAL_NAME.test(host)) return 'This name is not one of the Internet.'
  return host === receiverHost(new URL(runtime().appUrl)) ? 'This is our own name.' : null
}
