import { browserClient } from '@/lib/queries/client'
import { succeed } from '@/lib/queries/request-error'

const resets = browserClient['password-resets']

/** Asks for a mail with a link. @throws RequestError, ConnectionError */
export const requestResetMutation = async (email: string) => {
  await succeed(resets.$post({ json: { email } }))
}

/** Sets a new password by the token of a link. @throws RequestError, ConnectionError */
export const redeemResetMutation = async (token: string, password: string) => {
  await succeed(resets.redeem.$post({ json: { token, password } }))
}
