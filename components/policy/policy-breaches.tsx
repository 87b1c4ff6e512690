'use client'

import { useQuery } from '@tanstack/react-query'
import { boundedCountOf } from '@/components/keys/describe-calls'
import { RULE_WORDS } from '@/components/policy/policy-words'
import { Failure } from '@/components/shell/failure'
import { PageLink } from '@/components/ui/page-link'
import { browserClient } from '@/lib/queries/client'
import { breachesQuery } from '@/lib/queries/policy'

/** The keys that were made before the policy and break it: they are left to people to rotate or revoke. */
export function PolicyBreachList({ org }: { org: string }) {
  const breaches = useQuery(breachesQuery(browserClient, org))
  if (breaches.error) return <Failure error={breaches.error} onRetry={() => void breaches.refetch()} />
  if (!breaches.data) return null
  const { keys, count } = breaches.data
  return (
    <section aria-labelledby="breaches" className="flex flex-col gap-2 border-line border-t pt-5">
      <h2 id="breaches" className="font-semibold">
        {count === 0
          ? 'Every key in use keeps to it'
          : `${boundedCountOf(breaches.data, 'key')} in use, made before, would not do`}
      </h2>
      <ul aria-label="Keys that break the policy">
        {keys.map(({ id, name, key_prefix, rules }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-6 border-line py-2 not-last:border-b">
            <span className="min-w-0 break-words">
              <PageLink href={`/orgs/${org}/settings/api-keys/${id}`} className="font-medium hover:underline">
                {name}
              </PageLink>{' '}
              <code className="font-mono text-muted text-sm">{key_prefix}</code>
            </span>
            <span className="text-muted">{rules.map((rule) => RULE_WORDS[rule]).join(', ')}</span>
          </li>
        ))}
      </ul>
      {count > keys.length && <p className="text-muted">The oldest {keys.length} are shown.</p>}
    </section>
  )
}
