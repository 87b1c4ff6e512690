import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { pool } from '@/lib/kernel/db/client'

type Query = { text: string; values: unknown[] }

// The limiter names its statements; without the names it also works behind a pooler that knows none.
const unnamed = { query: ({ text, values }: Query) => pool().query(text, values) }

type Limit = {
  /** What is counted: limiters of one name count together, in whatever processes they are. */
  name: string
  most: number
  seconds: number
  /** Nothing is ever given back: once it is used up, a process remembers that until the window ends, and asks no more. */
  final?: boolean
}

/** Counts in the database how often something is done within a window, by a key of the caller's. */
export const databaseLimiter = ({ name, most, seconds, final = false }: Limit) =>
  new RateLimiterPostgres({
    storeClient: unnamed,
    storeType: 'client',
    tableName: 'sign_in_attempts',
    tableCreated: true,
    keyPrefix: name,
    points: most,
    duration: seconds,
    ...(final && { inMemoryBlockOnConsumed: most }),
  })
