import { cookies, headers } from 'next/headers'
import type { AuthOptions } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import { log } from '@/lib/base/node/log'
import { runtime } from '@/lib/base/node/runtime'
import { readPeer } from '@/lib/http/peer'
import { cookieName, readSessionId, secureCookies, sessionCookie, sessionToken } from '@/lib/http/session-cookie'
import type { Origin } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { KNOWN_SECONDS, rememberBrowser } from '@/lib/people/sign-in/known-browser'
import { closeSession, findSession, SESSION_SECONDS } from '@/lib/people/sign-in/sessions'
import { signIn } from '@/lib/people/sign-in/sign-in'
import { signInByIdentity } from '@/lib/people/sign-in/sign-in-by-identity'
import { OIDC, oidcProviders } from './oidc'

declare module 'next-auth' {
  interface User {
    session_id: string
  }
}

async function readOrigin(): Promise<Origin> {
  const incoming = await headers()
  return {
    request_id: null,
    address: readPeer(incoming).address,
    user_agent: incoming.get('user-agent')?.slice(0, 500) ?? null,
  }
}

const cookie = (name: string) => ({
  name,
  options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: secureCookies() },
})

const knownCookie = () => cookie(cookieName('known'))

/** What the browser says of where it has been signed in before. */
const readKnown = async () => (await cookies()).get(knownCookie().name)?.value ?? null

async function keepKnown(email: string) {
  const { name, options } = knownCookie()
  const value = rememberBrowser(await readKnown(), email)
  const jar = await cookies()
  jar.set(name, value, { ...options, maxAge: KNOWN_SECONDS })
}

/** The session that the browser's cookie names, open or not. */
const currentId = async () => readSessionId((await headers()).get('cookie'))

async function authorize(input: unknown) {
  const context = { db: prisma(), origin: await readOrigin(), known: await readKnown(), former: await currentId() }
  const opened = await signIn(context, input)
  if (!opened) return null
  await keepKnown(opened.email)
  return { id: opened.user_id, session_id: opened.session_id }
}

/** @returns the id of the session; else the page that says why there is none */
async function byIdentity(claims: unknown): Promise<{ session_id: string } | { page: string }> {
  try {
    const id = await currentId()
    const current = id === null ? null : await findSession(prisma(), id)
    const outcome = await signInByIdentity({ db: prisma(), origin: await readOrigin(), current }, claims)
    if (!outcome.signed_in) return { page: `/sign-in?error=${outcome.refusal}` }
    await keepKnown(outcome.email)
    return { session_id: outcome.session_id }
  } catch (err) {
    log.error({ err }, 'Single sign-on failed.')
    return { page: '/sign-in?error=unavailable' }
  }
}

/** `work`, whose failure `failed` hears of before next-auth makes of it what it likes: an error page, a lost session. */
const telling =
  <Arguments extends unknown[], Result>(
    failed: (error: unknown) => void,
    work: (...args: Arguments) => Promise<Result>,
  ): ((...args: Arguments) => Promise<Result>) =>
  async (...args) => {
    try {
      return await work(...args)
    } catch (error) {
      failed(error)
      throw error
    }
  }

/**
 * next-auth, with sessions that end when their row goes. A function: the address is known only once the server listens.
 * @param failed hears of each of our refusals and failures; the reply is its caller's
 */
export const authOptions = (failed: (error: unknown) => void): AuthOptions => ({
  secret: runtime().authSecret,
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  useSecureCookies: secureCookies(),
  cookies: {
    sessionToken: cookie(sessionCookie()),
    csrfToken: cookie(cookieName('csrf')),
    callbackUrl: cookie(cookieName('callback')),
    state: cookie(cookieName('state')),
    nonce: cookie(cookieName('nonce')),
    pkceCodeVerifier: cookie(cookieName('pkce')),
  },
  pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
  providers: [
    credentials({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: telling(failed, authorize),
    }),
    ...oidcProviders(),
  ],
  callbacks: {
    async signIn({ user, account, profile }) {
      if (account?.provider !== OIDC) return true
      const found = await byIdentity(profile)
      if ('page' in found) return found.page
      user.session_id = found.session_id
      return true
    },
    // A fresh object: next-auth would put name and email into the token.
    jwt: ({ token, user }) => (user ? { session_id: user.session_id } : token),
    session: telling(failed, async ({ session, token }) => {
      const open = await findSession(prisma(), sessionToken.safeParse(token).data?.session_id ?? '')
      return { expires: session.expires, ...(open && { user: { name: open.user.name, email: open.user.email } }) }
    }),
  },
  events: {
    signOut: telling(failed, async ({ token }) => {
      const session = sessionToken.safeParse(token)
      if (session.success) await closeSession(prisma(), session.data.session_id)
    }),
  },
  logger: { error: tellOperator, warn: () => {}, debug: () => {} },
})

/** What the operator must mend: the provider cannot be reached, or does not take our name and secret. */
function tellOperator(code: string, metadata: unknown) {
  if (!code.includes('OAUTH')) return
  const { error } = Object(metadata)
  log.warn({ code, reason: error instanceof Error ? error.message.slice(0, 200) : null }, 'Single sign-on failed.')
}
