import { z } from 'zod'
import { problem } from '@/lib/contracts/problem'

export type Verification = { works: boolean; message: string }

/** What of the reply is shown. */
const calling = z.object({ name: z.string() })

/** Calls `GET /api/v1/me` with the key alone, as an integration would: no cookie goes with it. */
export async function verifyKey(key: string): Promise<Verification> {
  try {
    const reply = await fetch('/api/v1/me', {
      headers: { Authorization: `Bearer ${key}` },
      credentials: 'omit',
      cache: 'no-store',
    })
    const body: unknown = await reply.json()
    const me = calling.safeParse(body)
    if (reply.ok && me.success) {
      return { works: true, message: `${reply.status}: GET /api/v1/me knows it as “${me.data.name}”.` }
    }
    const refused = problem.safeParse(body)
    return { works: false, message: `${reply.status}: ${refused.data?.detail ?? 'The reply cannot be read.'}` }
  } catch {
    return { works: false, message: 'No reply came. Check your connection and try again.' }
  }
}
