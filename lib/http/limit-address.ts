import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/base/errors'
import { SECOND_MS } from '@/lib/base/time'

/** An IPv6 caller owns a whole /64, so that is what is counted. */
function network(address: string | null): string {
  if (address === null || !address.includes(':')) return address ?? 'unknown'
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()
}

/** What callers without a key or a session may do so often, each network by itself. Per process, in memory. */
export class AddressLimit {
  readonly #limiter: RateLimiterMemory
  readonly #what: string

  /** @param what is counted, in the words of the refusal: `wrong keys` */
  constructor(perMinute: number, what: string) {
    this.#limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
    this.#what = what
  }

  /** @throws DomainError rate_limited */
  async count(address: string | null): Promise<void> {
    try {
      await this.#limiter.consume(network(address))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const retry_after = Math.max(1, Math.ceil(error.msBeforeNext / SECOND_MS))
      const detail = `Too many ${this.#what} from your address. Try again in ${retry_after} s.`
      throw new DomainError('rate_limited', detail, { retry_after })
    }
  }

  /** Gives back what was counted once. */
  async giveBack(address: string | null): Promise<void> {
    await this.#limiter.reward(network(address))
  }
}
