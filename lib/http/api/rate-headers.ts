import { SECOND_MS } from '@/lib/base/time'
import { type RateWindow, WINDOW_SECONDS } from '@/lib/keys/authenticate/rate-window'

/** What every reply to a recognised key says of its limit: the documents' headers, and the draft's (RateLimit 11). */
export function rateHeaders({ limit, remaining, reset_at }: RateWindow, now: Date): Record<string, string> {
  const left = Math.max(0, Math.ceil((reset_at.getTime() - now.getTime()) / SECOND_MS))
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': reset_at.toISOString(),
    'RateLimit-Policy': `"default";q=${limit};w=${WINDOW_SECONDS}`,
    RateLimit: `"default";r=${remaining};t=${left}`,
  }
}
