'use client'

import { countOf } from '@/components/keys/describe-calls'
import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { KeySearchBox } from '@/components/keys/list/key-search-box'
import { summarizeScopes } from '@/components/keys/scopes/summarize-scopes'
import type { Fate, useKeyDecisions } from '@/components/members/use-key-decisions'
import { Failure } from '@/components/shell/failure'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import type { WireAffectedKeys, WireMember } from '@/lib/queries/members'

type AffectedKey = WireAffectedKeys['keys'][number]

const ONE: { value: Fate; label: string }[] = [
  { value: 'keep', label: 'Keep' },
  { value: 'revoke', label: 'Revoke' },
]
const ALL: typeof ONE = [
  { value: 'keep', label: 'Keep all' },
  { value: 'revoke', label: 'Revoke all' },
]

type Props = { of: ReturnType<typeof useKeyDecisions>; item: WireMember }

/** Asks about the keys that the person made and could no longer make: about each, or about all and what to except. */
export function KeyDecisionList({ of, item }: Props) {
  const { query, affected, many, all, notTheirs, decideAll } = of
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  if (!affected) return <Skeleton className="w-64" />
  if (affected.count === 0) return null
  const keys = affected.count === 1 ? 'a key' : countOf(affected.count, 'key')
  if (notTheirs !== undefined) {
    return (
      <Notice look="warning" title={`${item.name} made ${keys} that go on working.`}>
        <p>You cannot revoke them here. {notTheirs}</p>
      </Notice>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <Notice look="warning" title={`${item.name} made ${keys} that they could no longer make.`}>
        <p>Keys belong to the organisation. Whoever has stored one can go on using it, unless you revoke it.</p>
      </Notice>
      {affected.count > 1 && (
        <Choice
          label={`All ${countOf(affected.count, 'key')}`}
          hint={<WhatHappens of={of} count={affected.count} />}
          value={all ?? ''}
          options={ALL}
          onChange={(value) => {
            if (value !== '') decideAll(value)
          }}
        />
      )}
      {many && all !== null && <Exceptions of={of} affected={affected} />}
      {!many && <Keys of={of} />}
    </div>
  )
}

const MEANINGS: Record<Fate, string> = {
  keep: 'A key that is made or changed from now on is not among them: you will be asked again.',
  revoke: 'Also those that are made until then.',
}

/** Says in numbers what was decided. */
function WhatHappens({ of: { all, excepted }, count }: Pick<Props, 'of'> & { count: number }) {
  if (all === null) return null
  const [most, few] = all === 'keep' ? ['Keeps', 'revokes'] : ['Revokes', 'keeps']
  const rest = Math.max(0, count - excepted)
  return (
    <span role="status">
      {most} {countOf(rest, 'key')}
      {excepted > 0 && `, ${few} ${excepted.toLocaleString('en-GB')}`}. {MEANINGS[all]}
    </span>
  )
}

/** Of more keys than anybody reads: those that were used last, and a search for the others. */
function Exceptions({ of, affected: { found, keys } }: Pick<Props, 'of'> & { affected: WireAffectedKeys }) {
  return (
    <section aria-label="Exceptions" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <div className="flex">
          <KeySearchBox value={of.search} onSearch={of.setSearch} />
        </div>
        <p role="status" className="text-muted text-sm">
          {found === 0
            ? 'No key matches.'
            : found > keys.length
              ? `${countOf(found, 'key')}; the ${keys.length} that were used last are shown.`
              : countOf(found, 'key')}
        </p>
      </div>
      <Keys of={of} />
    </section>
  )
}

const Keys = ({ of: { keys, decisionOf, decide } }: Pick<Props, 'of'>) =>
  keys.map((key) => (
    <Choice
      key={key.id}
      label={
        <>
          {key.name} <code className="font-mono font-normal text-muted text-sm">{key.key_prefix}</code>
        </>
      }
      hint={<KeyHint item={key} />}
      value={decisionOf(key.id) ?? ''}
      options={ONE}
      onChange={(value) => {
        if (value !== '') decide(key.id, value)
      }}
    />
  ))

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
