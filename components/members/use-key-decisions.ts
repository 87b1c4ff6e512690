'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type AffectingChange,
  affectedKeysQuery,
  type UpdateMemberBody,
  type WireAffectedKeys,
  type WireMember,
} from '@/lib/queries/members'
import { reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

export type Fate = 'revoke' | 'keep'

type Target = { organization: WireOrganization; item: WireMember; change: AffectingChange; enabled: boolean }

const NONE: WireAffectedKeys = { count: 0, found: 0, keys: [], seen: null }

/** Which keys a change of a member is about, and what was decided: of all of them, and of single ones otherwise. */
export function useKeyDecisions({ organization, item, change, enabled }: Target) {
  const [all, setAll] = useState<Fate | null>(null)
  const [single, setSingle] = useState<ReadonlyMap<string, Fate>>(new Map())
  const [search, setSearch] = useState('')
  const asked = search ? { ...change, q: search } : change
  const query = useQuery({ ...affectedKeysQuery(organization.organization.slug, item.id, asked), enabled })
  const affected = enabled ? query.data : NONE
  const notTheirs = reasonAgainst(organization.may.manage_keys)
  const keys = affected?.keys ?? []
  const isUndecided = all === null && keys.some(({ id }) => !single.has(id))
  /** There are more than a list shows: nobody can say of each. */
  const many = affected !== undefined && affected.count > keys.length

  const named = (decision: Fate) =>
    [...single].flatMap(([id, decided]) => (decided === decision && decided !== all ? [id] : []))

  function reason() {
    // What stands there while another change is asked about is not what this one is about.
    if (!affected || query.isPlaceholderData) return 'Waiting for the keys that this is about.'
    if (notTheirs !== undefined || affected.count === 0) return undefined
    if (many && all === null) return 'Say whether to keep or to revoke all of them; single ones may be excepted.'
    return isUndecided ? 'Say of each key whether to keep or to revoke it.' : undefined
  }

  function body(): UpdateMemberBody['keys'] {
    const byId = { keep: named('keep'), revoke: named('revoke') }
    if (all === null || !affected || notTheirs !== undefined) return byId
    return { ...byId, others: all, ...(affected.seen !== null && { seen: affected.seen }) }
  }

  return {
    query,
    affected,
    keys,
    many,
    all,
    notTheirs,
    search,
    setSearch,
    /** Decides about every key, whatever was said of single ones. */
    decideAll: (decision: Fate) => {
      setAll(decision)
      setSingle(new Map())
    },
    decisionOf: (id: string) => single.get(id) ?? all,
    decide: (id: string, decision: Fate) => setSingle(new Map(single).set(id, decision)),
    /** How many are not decided about as all are. */
    excepted: all === null ? 0 : named(all === 'keep' ? 'revoke' : 'keep').length,
    /** Why the change cannot be made yet. */
    reason: reason(),
    body,
  }
}
