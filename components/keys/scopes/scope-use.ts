import { DAY_MS } from '@/lib/base/time'
import type { Catalogue } from '@/lib/contracts/scopes/catalogue'
import { UNUSED_DAYS } from '@/lib/keys/usage/contract'
import type { WireKey, WireKeyUsage } from '@/lib/queries/keys'

export type ScopeUse = {
  /** The calls in sixty days that a scope of the key let through. */
  callsWith: (scope: string) => number
  /** Scopes of the key that no call has needed, once it has had the time. */
  unused: string[]
  /** What calls needed and the key has not: they were refused. */
  wanted: { scope: string; calls: number }[]
}

/** How the calls of sixty days and the scopes of a key agree. @param now milliseconds */
export function scopeUse(
  catalogue: Catalogue,
  key: Pick<WireKey, 'scopes' | 'created_at'>,
  usage: Pick<WireKeyUsage, 'scopes'>,
  now: number,
): ScopeUse {
  const callsWith = (scope: string) =>
    usage.scopes.filter((used) => catalogue.grants([scope], used.scope)).reduce((sum, { calls }) => sum + calls, 0)
  const hadTime = now - Date.parse(key.created_at) > UNUSED_DAYS * DAY_MS
  return {
    callsWith,
    unused: hadTime ? key.scopes.filter((scope) => callsWith(scope) === 0) : [],
    wanted: usage.scopes.filter(({ scope }) => !catalogue.grants(key.scopes, scope)),
  }
}
