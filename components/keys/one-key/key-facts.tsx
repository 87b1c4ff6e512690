'use client'

import { STATUS_MEANINGS } from '@/components/keys/key-labels'
import { Facts } from '@/components/ui/facts'
import { Time } from '@/components/ui/time'
import type { WireKey } from '@/lib/queries/keys'

function maker({ created_by, created_with }: WireKey): string {
  return created_by ? `${created_by.name} (${created_by.email})` : (created_with ?? 'somebody no longer here')
}

/** What has become of the key so far: nothing here can be edited. */
export const KeyFacts = ({ item }: { item: WireKey }) => (
  <div className="border-line border-b pb-6">
    <Facts
      look="columns"
      wide
      facts={[
        { name: 'State', value: <State item={item} /> },
        { name: 'Last used', value: <LastUse item={item} /> },
        {
          name: 'Created',
          value: (
            <>
              <Time at={item.created_at} past />
              <span className="block text-muted">by {maker(item)}</span>
            </>
          ),
        },
        {
          name: 'Expires',
          value: (
            <>
              {item.expires_at ? <Time at={item.expires_at} /> : 'Never'}
              <span className="block text-muted">Set at creation; it cannot be changed.</span>
            </>
          ),
        },
      ]}
    />
  </div>
)

const State = ({ item }: { item: WireKey }) => (
  <>
    {STATUS_MEANINGS[item.status]}
    {item.status === 'revoked' && item.revoked_at && (
      <span className="block text-muted">
        Revoked <Time at={item.revoked_at} past />
        {item.leaked && ', because it leaked'}
        {item.revoked_reason && `: ${item.revoked_reason}`}
      </span>
    )}
  </>
)

const LastUse = ({ item }: { item: WireKey }) =>
  item.last_used_at ? (
    <>
      <Time at={item.last_used_at} past />
      {item.last_used_address && <span className="block text-muted">from {item.last_used_address}</span>}
      {item.last_used_agent && <span className="block text-muted text-sm">{item.last_used_agent}</span>}
    </>
  ) : (
    'Never'
  )
