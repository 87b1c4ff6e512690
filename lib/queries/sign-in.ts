import { z } from 'zod'
import { ConnectionError } from '@/lib/queries/request-error'

export type SignInOutcome =
  | { kind: 'signed_in' }
  | { kind: 'wrong' }
  | { kind: 'limited'; retry_after: number }
  | { kind: 'failed' }

const csrfReply = z.object({ csrfToken: z.string() })
const callbackReply = z.object({ url: z.url() })

async function post(action: string, fields: Record<string, string>): Promise<Response> {
  const send = async () => {
    const reply = await fetch('/api/auth/csrf', { cache: 'no-store' })
    const { csrfToken } = csrfReply.parse(await reply.json())
    const body = new URLSearchParams({ callbackUrl: '/', ...fields, csrfToken, json: 'true' })
    return fetch(`/api/auth/${action}`, { method: 'POST', body })
  }
  return send().catch((error: unknown) => {
    throw new ConnectionError('No reply came.', { cause: error })
  })
}

/** Signs in; on success the browser has the session's cookie. @throws ConnectionError */
export async function signInMutation(email: string, password: string): Promise<SignInOutcome> {
  const reply = await post('callback/credentials', { email, password })
  if (reply.status === 429) return { kind: 'limited', retry_after: Number(reply.headers.get('retry-after')) || 60 }
  const parsed = callbackReply.safeParse(await reply.json().catch(() => null))
  if (!parsed.success) return { kind: 'failed' }
  const { pathname, searchParams } = new URL(parsed.data.url)
  if (searchParams.get('error') === 'CredentialsSignin') return { kind: 'wrong' }
  // next-auth answers a lost token, too, with 200 and the address of its own page.
  const accepted = reply.ok && !searchParams.has('error') && !pathname.startsWith('/api/auth/')
  return { kind: accepted && !searchParams.has('csrf') ? 'signed_in' : 'failed' }
}

/**
 * Where single sign-on begins: the provider's own address.
 * @param options.fresh makes the provider ask again, even if the person is signed in there
 * @returns null when the server knows no provider
 * @throws ConnectionError
 */
export async function beginSingleSignOn(returnTo: string, { fresh }: { fresh: boolean }): Promise<string | null> {
  const asked = fresh ? '?prompt=login&max_age=0' : ''
  const reply = await post(`signin/oidc${asked}`, { callbackUrl: returnTo })
  return callbackReply.safeParse(await reply.json().catch(() => null)).data?.url ?? null
}

/** Signs out: the session's row goes, so a copy of the cookie dies too. @throws ConnectionError */
export async function signOut(): Promise<void> {
  const reply = await post('signout', {})
  if (!reply.ok) throw new ConnectionError('Signing out failed.')
}
