'use client'

import { createContext, type ReactNode, use, useMemo, useState } from 'react'
import type { WireCreatedKey } from '@/lib/queries/keys'

/** An organisation that tokens are minted in, with the person's role there. */
export type Home = { slug: string; name: string; role: 'admin' | 'read_only_admin' | 'member' }

export type TestToken = {
  id: string
  key: string
  key_prefix: string
  scopes: string[]
  /** The resource whose pages it was minted on. */
  resource: string
  home: Home
  /** Milliseconds, by this machine's clock: its hour is counted from when it came. */
  ends_at: number
  /** Set when the API, or its revocation here, has said that it opens nothing any more. */
  ended: 'revoked' | 'expired' | null
}

export type OwnKey = { key: string; key_prefix: string; environment: 'live' | 'test' }

type Visit = {
  tokens: TestToken[]
  own: OwnKey | null
  /** Where the last token was minted; the next one is minted there too. */
  home: Home | null
  addToken: (minted: WireCreatedKey, resource: string, home: Home) => void
  markEnded: (id: string, ended: 'revoked' | 'expired') => void
  setOwn: (own: OwnKey | null) => void
  /** The row that was created last, by resource: the pages that ask for an id begin with it. */
  created: Record<string, string>
  rememberCreated: (resource: string, id: string) => void
}

const Context = createContext<Visit | null>(null)

function toToken(minted: WireCreatedKey, resource: string, home: Home): TestToken {
  const { id, key, key_prefix, scopes, created_at, expires_at } = minted
  const life = expires_at ? Date.parse(expires_at) - Date.parse(created_at) : 0
  return { id, key, key_prefix, scopes, resource, home, ends_at: Date.now() + life, ended: null }
}

/**
 * Keeps what a visit has come to for every page below it. The tokens are in this state and nowhere else: a reload forgets
 * them, and no storage, address, cache or page source ever holds them.
 */
export function PlaygroundVisit({ children }: { children: ReactNode }) {
  const [tokens, setTokens] = useState<TestToken[]>([])
  const [own, setOwn] = useState<OwnKey | null>(null)
  const [created, setCreated] = useState<Record<string, string>>({})
  const value = useMemo(
    (): Visit => ({
      tokens,
      own,
      home: tokens.at(-1)?.home ?? null,
      addToken: (minted, resource, home) => {
        setTokens((known) => [...known.filter((token) => token.resource !== resource), toToken(minted, resource, home)])
        setOwn(null)
      },
      markEnded: (id, ended) =>
        setTokens((known) => known.map((token) => (token.id === id ? { ...token, ended } : token))),
      setOwn,
      created,
      rememberCreated: (resource, id) => setCreated((known) => ({ ...known, [resource]: id })),
    }),
    [tokens, own, created],
  )
  return <Context value={value}>{children}</Context>
}

/** @throws Error outside of `PlaygroundVisit` */
export function useVisit(): Visit {
  const visit = use(Context)
  if (!visit) throw new Error('The playground stands outside of PlaygroundVisit.')
  return visit
}

/** The token that a resource's pages use: the one that was minted there, else the newest of the visit. */
export const tokenFor = (tokens: readonly TestToken[], resource: string): TestToken | null =>
  tokens.findLast((token) => token.resource === resource) ?? tokens.at(-1) ?? null
