import { createHash } from 'node:crypto'
import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { tooMany } from '@/lib/base/errors'
import { SECOND_MS } from '@/lib/base/time'
import { countedAs } from '@/lib/contracts/addresses/counted-as'
import { databaseLimiter } from '@/lib/kernel/db/limiter'

const WINDOW_SECONDS = 15 * 60
const FAILURES_PER_ACCOUNT = 10
const FAILURES_PER_ADDRESS = 50
const FAILURES_PER_BROWSER = 10
const RESETS_PER_ACCOUNT = 3
const RESETS_PER_ADDRESS = 10
const SETUPS_PER_ADDRESS = 10

const limiter = (name: string, most: number) => databaseLimiter({ name, most, seconds: WINDOW_SECONDS })

type Limiters = Record<
  'account' | 'browser' | 'proof' | 'address' | 'setup' | 'reset_account' | 'reset_address',
  RateLimiterPostgres
>
let limiters: Limiters | undefined

function open(): Limiters {
  limiters ??= {
    account: limiter('account', FAILURES_PER_ACCOUNT),
    address: limiter('address', FAILURES_PER_ADDRESS),
    browser: limiter('browser', FAILURES_PER_BROWSER),
    reset_account: limiter('reset_account', RESETS_PER_ACCOUNT),
    reset_address: limiter('reset_address', RESETS_PER_ADDRESS),
    proof: limiter('proof', FAILURES_PER_ACCOUNT),
    setup: limiter('setup', SETUPS_PER_ADDRESS),
  }
  return limiters
}

// Hashed: people type passwords into the email field, and the table's keys are short.
const accountKey = (email: string) => createHash('sha256').update(email).digest('hex')

/** Hears of the first attempt that is refused, and of none that follow it until the window ends. */
type Began = () => Promise<void>

async function consume(from: RateLimiterPostgres, key: string, began?: Began) {
  try {
    await from.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    if (error.consumedPoints === from.points + 1) await began?.()
    throw tooMany('attempts', Math.max(1, Math.ceil(error.msBeforeNext / SECOND_MS)))
  }
}

type Attempt = {
  email: string
  address: string | null
  /** The name of a browser that has been signed in to the account before; null: another. */
  browser: string | null
}

/**
 * Counts an attempt before the password is looked at, so that attempts made at once are counted too. What strangers try is
 * not held against a browser that the account's owner has used, and what is tried there not against the account.
 * @param locked hears of it when from now on no more are looked at: of which kind
 * @throws DomainError rate_limited, for known and unknown accounts alike
 */
export async function countAttempt(
  { email, address, browser }: Attempt,
  locked: (because: 'browser' | 'address' | 'account') => Promise<void>,
) {
  if (browser) return consume(open().browser, browser, () => locked('browser'))
  await consume(open().address, countedAs(address), () => locked('address'))
  await consume(open().account, accountKey(email), () => locked('account'))
}

/** Only failures count: a success gives the address its attempt back and starts the account, or the browser, afresh. */
export async function forgetAttempts({ email, address, browser }: Attempt) {
  if (browser) return open().browser.delete(browser)
  await open().address.reward(countedAs(address))
  await open().account.delete(accountKey(email))
}

/**
 * Counts an attempt at the own password in an open session. Apart from the sign-ins, which anybody can fail at: nobody
 * outside takes it away.
 * @param locked hears of it when from now on no more are looked at
 * @throws DomainError rate_limited
 */
export const countProof = (user_id: string, locked: Began) => consume(open().proof, user_id, locked)

/** Only failures count. */
export async function forgetProofs(user_id: string) {
  await open().proof.delete(user_id)
}

/** Who has set a new password may sign in with it at once, however often the old one was mistaken. */
export async function forgetAccountAttempts(email: string) {
  await open().account.delete(accountKey(email))
}

/**
 * Counts a wish for a new password, so that nobody fills another's mailbox.
 * @throws DomainError rate_limited, for known and unknown accounts alike
 */
export async function countResetRequest(email: string, address: string | null) {
  await consume(open().reset_address, countedAs(address))
  await consume(open().reset_account, accountKey(email))
}

/**
 * Counts an attempt at the first run's token, from an address.
 * @throws DomainError rate_limited
 */
export const countSetupAttempt = (address: string | null) => consume(open().setup, countedAs(address))
