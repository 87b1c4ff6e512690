'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { summarizeScopes } from '@/components/keys/scopes/summarize-scopes'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { type AffectingChange, affectedKeysQuery, type WireAffectedKeys, type WireMember } from '@/lib/queries/members'
import { reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

type Decision = 'revoke' | 'keep'
type AffectedKey = WireAffectedKeys['keys'][number]

const OPTIONS = [
  { value: 'keep', label: 'Keep' },
  { value: 'revoke', label: 'Revoke' },
] as const

type Target = { organization: WireOrganization; item: WireMember; change: AffectingChange; enabled: boolean }

/** Which keys a change of a member is about, and what was decided of each. */
export function useKeyDecisions({ organization, item, change, enabled }: Target) {
  const [decisions, setDecisions] = useState<Record<string, Decision>>({})
  const query = useQuery({ ...affectedKeysQuery(organization.organization.slug, item.id, change), enabled })
  const affected = enabled ? query.data : { count: 0, keys: [] }
  const notTheirs = reasonAgainst(organization.may.manage_keys)
  const asked = notTheirs === undefined ? (affected?.keys ?? []) : []
  const decided = (decision: Decision) => asked.filter(({ id }) => decisions[id] === decision).map(({ id }) => id)
  const open = asked.filter(({ id }) => decisions[id] === undefined).length
  return {
    query,
    affected,
    asked,
    notTheirs,
    decisions,
    decide: (keys: AffectedKey[], decision: Decision) =>
      setDecisions({ ...decisions, ...Object.fromEntries(keys.map(({ id }) => [id, decision])) }),
    /** Why the change cannot be made yet. */
    reason: !affected
      ? 'Waiting for the keys that this is about.'
      : open > 0
        ? 'Say of each key whether to keep or to revoke it.'
        : undefined,
    body: () => ({ keep: decided('keep'), revoke: decided('revoke') }),
  }
}

type Props = { of: ReturnType<typeof useKeyDecisions>; item: WireMember }

/** Asks about each key that the person made and could no longer make. */
export function KeyDecisionList({ of, item }: Props) {
  const { query, affected, asked, notTheirs, decisions, decide } = of
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  if (!affected) return <Skeleton className="w-64" />
  if (affected.count === 0) return null
  const many = affected.count === 1 ? 'a key' : `${affected.count} keys`
  if (notTheirs !== undefined) {
    return (
      <Notice look="warning" title={`${item.name} made ${many} that go on working.`}>
        <p>You cannot revoke them here. {notTheirs}</p>
      </Notice>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <Notice look="warning" title={`${item.name} made ${many} that they could no longer make.`}>
        <p>Keys belong to the organisation. Whoever has stored one can go on using it, unless you revoke it.</p>
        {asked.length > 1 && (
          <div className="flex gap-2">
            <Button size="small" onClick={() => decide(asked, 'keep')}>
              Keep all
            </Button>
            <Button size="small" onClick={() => decide(asked, 'revoke')}>
              Revoke all
            </Button>
          </div>
        )}
      </Notice>
      {asked.map((key) => (
        <Choice
          key={key.id}
          label={
            <>
              {key.name} <code className="font-mono font-normal text-muted text-sm">{key.key_prefix}</code>
            </>
          }
          hint={<KeyHint item={key} />}
          value={decisions[key.id] ?? ''}
          options={OPTIONS}
          onChange={(value) => {
            if (value !== '') decide([key], value)
          }}
        />
      ))}
    </div>
  )
}

const KeyHint = ({ item }: { item: AffectedKey }) => (
  <>
    {ENVIRONMENT_LABELS[item.environment]}, {item.scopes.length === 0 ? 'no permissions' : summarizeScopes(item.scopes)}
    .{' '}
    {item.last_used_at ? (
      <>
        Last used <Time at={item.last_used_at} past />.
      </>
    ) : (
      'Never used.'
    )}
  </>
)
