import { z } from 'zod'
import { id, instant, label } from '@/lib/contracts/fields'
import { newPassword } from '@/lib/people/sign-in/contract'

/** Browser-safe: what a person sees and changes of their own account. */

export const account = z.object({
  id: id(),
  email: z.string(),
  name: z.string(),
  /** False: signs in by single sign-on alone. */
  has_password: z.boolean(),
})

export const renameInput = z.strictObject({ name: label(100) })

/** A password that is to be compared, whatever rules it was made by. */
const givenPassword = z.string().max(1_024, 'At most 1,024 characters.')

export const changePasswordInput = z.strictObject({
  /** Null for who has none yet. */
  current_password: givenPassword.nullable(),
  new_password: newPassword,
})

export const proveInput = z.strictObject({ password: givenPassword })

const accountSession = z.object({
  id: id(),
  created_at: instant(),
  expires_at: instant(),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  /** The one that asks. */
  current: z.boolean(),
})

export const accountSessions = z.object({ data: z.array(accountSession) })

export const endedSessions = z.object({ ended: z.int() })

export type Account = z.output<typeof account>
export type AccountSession = z.output<typeof accountSession>
export type RenameInput = z.output<typeof renameInput>
export type ChangePasswordInput = z.output<typeof changePasswordInput>
export type ProveInput = z.output<typeof proveInput>
