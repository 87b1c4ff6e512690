import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/base/errors'
import { SECOND_MS } from '@/lib/base/time'

const PER_MINUTE = 30

/** Per process: guessing keys is hopeless anyway (178 bits); this keeps the guesses from costing the database much. */
const limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 })

/** An IPv6 caller owns a whole /64, so that is what is counted. */
function network(address: string | null): string {
  if (address === null || !address.includes(':')) return address ?? 'unknown'
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()
}

/**
 * Counts a key that was looked up and not found. Good keys behind the same address never come here.
 * @throws DomainError rate_limited past 30 a minute
 */
export async function countUnknownKey(address: string | null): Promise<void> {
  try {
    await limiter.consume(network(address))
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retry_after = Math.max(1, Math.ceil(error.msBeforeNext / SECOND_MS))
    throw new DomainError('rate_limited', `Too many wrong keys from your address. Try again in ${retry_after} s.`, {
      retry_after,
    })
  }
}
