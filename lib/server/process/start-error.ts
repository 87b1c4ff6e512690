/** The process cannot start, for a reason that its operator can mend: printed without a stack, exit 1. */
export class StartError extends Error {
  override name = 'StartError'
}

/** The code of a system or Postgres error (`ENOENT`, `28P01`). */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
