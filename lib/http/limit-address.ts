import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/base/errors'
import { SECOND_MS } from '@/lib/base/time'
import { countedAs } from '@/lib/contracts/addresses/counted-as'
import { databaseLimiter } from '@/lib/kernel/db/limiter'

const MINUTE_SECONDS = 60

/** Counted by each process for itself: costs nothing, and a caller has as many as there are processes. */
export const inMemory = (perMinute: number) => new RateLimiterMemory({ points: perMinute, duration: MINUTE_SECONDS })

/** Counted by the database for all processes together. @param name of what is counted */
export const inDatabase = (name: string, perMinute: number) =>
  databaseLimiter({ name, most: perMinute, seconds: MINUTE_SECONDS, final: true })

/** What callers without a key or a session may do so often, each network by itself. */
export class AddressLimit {
  readonly #counter: RateLimiterAbstract
  readonly #what: string

  /** @param what is counted, in the words of the refusal: `wrong keys` */
  constructor(counter: RateLimiterAbstract, what: string) {
    this.#counter = counter
    this.#what = what
  }

  /** @throws DomainError rate_limited */
  async count(address: string | null): Promise<void> {
    try {
      await this.#counter.consume(countedAs(address))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const retry_after = Math.max(1, Math.ceil(error.msBeforeNext / SECOND_MS))
      const detail = `Too many ${this.#what} from your address. Try again in ${retry_after} s.`
      throw new DomainError('rate_limited', detail, { retry_after })
    }
  }

  /** Gives back what was counted once. */
  async giveBack(address: string | null): Promise<void> {
    await this.#counter.reward(countedAs(address))
  }
}
