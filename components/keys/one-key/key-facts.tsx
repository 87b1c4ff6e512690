'use client'

import type { ReactNode } from 'react'
import { STATUS_MEANINGS } from '@/components/keys/key-labels'
import { Time } from '@/components/ui/time'
import type { WireKey } from '@/lib/queries/keys'

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-muted text-sm">{label}</dt>
    <dd className="break-words">{children}</dd>
  </div>
)

function maker({ created_by, created_with }: WireKey): string {
  return created_by ? `${created_by.name} (${created_by.email})` : (created_with ?? 'somebody no longer here')
}

/** What has become of the key so far: nothing here can be edited. */
export function KeyFacts({ item }: { item: WireKey }) {
  return (
    <dl className="grid gap-x-8 gap-y-4 border-line border-b pb-6 sm:grid-cols-2 lg:grid-cols-4">
      <Fact label="State">
        {STATUS_MEANINGS[item.status]}
        {item.status === 'revoked' && item.revoked_at && (
          <span className="block text-muted">
            Revoked <Time at={item.revoked_at} past />
            {item.leaked && ', because it leaked'}
            {item.revoked_reason && `: ${item.revoked_reason}`}
          </span>
        )}
      </Fact>
      <Fact label="Last used">
        {item.last_used_at ? (
          <>
            <Time at={item.last_used_at} past />
            {item.last_used_address && <span className="block text-muted">from {item.last_used_address}</span>}
            {item.last_used_agent && <span className="block text-muted text-sm">{item.last_used_agent}</span>}
          </>
        ) : (
          'Never'
        )}
      </Fact>
      <Fact label="Created">
        <Time at={item.created_at} past />
        <span className="block text-muted">by {maker(item)}</span>
      </Fact>
      <Fact label="Expires">
        {item.expires_at ? <Time at={item.expires_at} /> : 'Never'}
        <span className="block text-muted">Set at creation; it cannot be changed.</span>
      </Fact>
    </dl>
  )
}
