import { z } from 'zod'
import { email } from '@/lib/contracts/fields'
import { newPassword } from '@/lib/people/sign-in/contract'

/** Browser-safe: how somebody who has forgotten the password gets a new one. */

export const requestResetInput = z.strictObject({ email: email() })

export const redeemResetInput = z.strictObject({ token: z.string().max(200), password: newPassword })

export type RequestResetInput = z.output<typeof requestResetInput>
export type RedeemResetInput = z.output<typeof redeemResetInput>
