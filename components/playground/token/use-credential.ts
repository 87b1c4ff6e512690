'use client'

import { useHasPassed } from '@/components/playground/token/use-clock'
import { type OwnKey, type TestToken, tokenFor, useVisit } from '@/components/playground/visit'

/** What opens the requests of a page. */
export type Credential =
  | { kind: 'none' }
  | { kind: 'own'; own: OwnKey }
  | { kind: 'token'; token: TestToken; ended: 'revoked' | 'expired' | null }

export function useCredential(resource: string): Credential {
  const { own, tokens } = useVisit()
  const token = tokenFor(tokens, resource)
  const over = useHasPassed(token?.ends_at ?? null)
  if (own) return { kind: 'own', own }
  return token ? { kind: 'token', token, ended: token.ended ?? (over ? 'expired' : null) } : { kind: 'none' }
}

/** The key to send; null: there is none, or it has ended. */
export function keyOf(credential: Credential): string | null {
  if (credential.kind === 'own') return credential.own.key
  return credential.kind === 'token' && !credential.ended ? credential.token.key : null
}
