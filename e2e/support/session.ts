import { type APIRequestContext, type BrowserContext, expect, type Locator } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import { environment } from './environment'
import { type Account, PASSWORD, query } from './workspace'

const LIFE_SECONDS = 24 * 3_600

/** The cookie of a new session of the account, as if its person had just entered the password. */
export async function openSession({ id }: Account, userAgent: string | null = null) {
  const session = crypto.randomUUID()
  await query(
    `INSERT INTO sessions (id, user_id, expires_at, proved_at, user_agent)
     VALUES ($1, $2, now() + make_interval(secs => $3), now(), $4)`,
    [session, id, LIFE_SECONDS, userAgent],
  )
  const token = { session_id: session }
  return {
    name: 'latchkey.session',
    value: await encode({ token, secret: environment.E2E_AUTH_SECRET, maxAge: LIFE_SECONDS }),
    domain: new URL(environment.E2E_BASE_URL).hostname,
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax' as const,
  }
}

/** Signs a browser in without its pages. */
export const signIn = async (context: BrowserContext, account: Account) =>
  context.addCookies([await openSession(account)])

/** As if the account's person had last entered the password an hour ago. */
export const forgetProof = ({ id }: Account) =>
  query(`UPDATE sessions SET proved_at = now() - interval '1 hour' WHERE user_id = $1`, [id])

/** Signs in as the form does, for tests of signing in. */
export async function signInByPassword(request: APIRequestContext, email: string, password = PASSWORD) {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  const reply = await request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, callbackUrl: '/', json: 'true' },
  })
  expect(reply.status(), `signing in as ${email}`).toBe(200)
}

/** Where a dialog, or a form in a page, asks whether it is still the same person. */
export const passwordIn = (asking: Locator) => asking.getByLabel('Your password')
