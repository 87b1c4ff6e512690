import type { z } from 'zod'

/** The command was not written as it must be: exit 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Checks options by the schema that every other door checks by. `--allowed-ips` is `allowed_ips` there. */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const lines = result.error.issues.map(
    ({ path, message }) => `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`,
  )
  throw new UsageError(lines.join('\n'))
}
