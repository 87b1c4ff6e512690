import { z } from 'zod'

/** Browser-safe: the forms that set a password check it by the same schema. */

/** Longer passwords are refused, so that nobody makes the server hash a megabyte. */
export const MAX_PASSWORD_BYTES = 1_024

export const newPassword = z
  .string()
  .min(8, 'At least 8 characters.')
  .refine(
    (value) => new TextEncoder().encode(value).length <= MAX_PASSWORD_BYTES,
    `At most ${MAX_PASSWORD_BYTES} bytes.`,
  )

/** Why somebody whom the OpenID provider vouches for is not let in. */
export const signInRefusal = z.enum(['unknown_person', 'email_unverified', 'linked_elsewhere', 'other_person'])
export type SignInRefusal = z.output<typeof signInRefusal>
