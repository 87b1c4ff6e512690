import { parse } from 'hono/utils/cookie'
import { decode } from 'next-auth/jwt'
import { z } from 'zod'
import { runtime } from '@/lib/base/node/runtime'

/** What the cookie's encrypted token holds: the name of the session's row and nothing about the person. */
export const sessionToken = z.object({ session_id: z.uuid() })

/** Whether cookies are `Secure` and carry the `__Host-` prefix: whenever the product's address is HTTPS. */
export const secureCookies = (): boolean => runtime().appUrl.startsWith('https:')

/** `__Host-`: no other host, not even a sub-domain, can set it. */
export const cookieName = (name: string): string => `${secureCookies() ? '__Host-' : ''}latchkey.${name}`

export const sessionCookie = () => cookieName('session')

/**
 * The id of the session that a request's cookies name, or null when there is no token or it is not ours. Whether the
 * session still is open, only its row says.
 * @param cookieHeader the `Cookie` header as it came
 */
export async function readSessionId(cookieHeader: string | null): Promise<string | null> {
  const token = cookieHeader && parse(cookieHeader)[sessionCookie()]
  if (!token) return null
  try {
    const payload = await decode({ token, secret: runtime().authSecret })
    return sessionToken.safeParse(payload).data?.session_id ?? null
  } catch {
    // Forged, foreign or past its time: an everyday thing.
    return null
  }
}
