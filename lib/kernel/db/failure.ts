import { z } from 'zod'

/**
 * SQLSTATEs of what the database did, by their beginnings (Postgres, appendix A); anything else is a mistake of ours.
 * 08 connection, 25006 read-only, 25P03 idle in a transaction, 28 not let in, 3D no such database, 40 rolled back by a
 * conflict, 53 out of resources, 55P03 lock not given, 57 an operator or a time limit, 58 the system, XX Postgres itself.
 */
const STATES = /^(08|25006|25P03|28|3D|40|53|55P03|57|58|XX)/

/** What Node says of the network. */
const NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL)$/

/**
 * Prisma's codes of what has no SQLSTATE or lost it: not let in (P1000), not reached, too slow, no such database, TLS,
 * closed, no connection free, a transaction not begun or overdue, a conflict, too many connections.
 */
const PRISMA = /^P(1000|1001|1002|1003|1008|1011|1017|2024|2028|2034|2037)$/

/** Prisma's driver adapter, where no code is left. */
const KINDS =
  /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TlsConnectionError|TransactionWriteConflict|TooManyConnections)$/

/** `pg` gives these no code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|The server does not support SSL|There was an error establishing an SSL)/

const text = z.string().optional().catch(undefined)

const shape = z.object({
  code: text,
  /** A SQLSTATE, as the driver adapter keeps it. */
  originalCode: text,
  kind: text,
  message: text,
  syscall: text,
  cause: z.unknown().optional(),
  /** Of an `AggregateError`: a name that stands for several addresses, none of which answers. */
  errors: z.array(z.unknown()).optional().catch(undefined),
  meta: z.object({ driverAdapterError: z.unknown().optional() }).optional().catch(undefined),
})

type Told = z.output<typeof shape>

/** An error, and all that it says lies behind it. */
function* behind(error: unknown, depth = 0): Generator<Told> {
  const told = shape.safeParse(error).data
  // Ours are two or three deep; one that contains itself must end too.
  if (!told || depth > 5) return
  yield told
  for (const inner of [told.cause, told.meta?.driverAdapterError, ...(told.errors ?? [])]) {
    yield* behind(inner, depth + 1)
  }
}

const matches = (pattern: RegExp, value: string | undefined) => value !== undefined && pattern.test(value)

function isOutside({ code, originalCode, kind, message, syscall }: Told): boolean {
  return (
    matches(STATES, originalCode) ||
    // Node's and Prisma's codes begin with letters that no SQLSTATE of the table has.
    matches(STATES, code) ||
    matches(NETWORK, code) ||
    matches(PRISMA, code) ||
    matches(KINDS, kind) ||
    matches(MESSAGES, message) ||
    // The socket's file is not there, or its queue is full.
    (syscall === 'connect' && (code === 'ENOENT' || code === 'EAGAIN'))
  )
}

/**
 * Whether an error tells of what the database, the network to it, or a time limit did: the same call may succeed later.
 * Anything else is a mistake in this program.
 */
export function isUnavailable(error: unknown): boolean {
  for (const told of behind(error)) if (isOutside(told)) return true
  return false
}

/** Whether Postgres refused with one of these SQLSTATEs, by `pg` itself or behind Prisma. */
export function hasState(error: unknown, ...states: string[]): boolean {
  for (const { code, originalCode } of behind(error)) if (states.includes(originalCode ?? code ?? '')) return true
  return false
}

/** Whether a lock was not given in time (`lock_timeout`). */
export const isLockTimeout = (error: unknown): boolean => hasState(error, '55P03')
