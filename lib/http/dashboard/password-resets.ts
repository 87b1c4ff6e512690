import { route } from '@/lib/http/dashboard/route'
import { redeemResetInput, requestResetInput } from '@/lib/people/password-resets/contract'
import { redeemReset } from '@/lib/people/password-resets/redeem'
import { requestReset } from '@/lib/people/password-resets/request'

const RESETS = '/password-resets'

/** `/password-resets`: for who cannot sign in. */
export const passwordResetRoutes = [
  route(
    {
      method: 'post',
      path: RESETS,
      role: 'anybody',
      proof: 'never',
      body: requestResetInput,
      reply: { status: 202, schema: null },
    },
    (visitor, { body }) => requestReset(visitor, body),
  ),
  route(
    {
      method: 'post',
      path: `${RESETS}/redeem`,
      role: 'anybody',
      proof: 'never',
      body: redeemResetInput,
      reply: { status: 204, schema: null },
    },
    (visitor, { body }) => redeemReset(visitor, body),
  ),
]
