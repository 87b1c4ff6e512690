'use client'

import { useQuery } from '@tanstack/react-query'
import { PolicyBreachList } from '@/components/policy/policy-breaches'
import { PolicyForm } from '@/components/policy/policy-form'
import { Failure } from '@/components/shell/failure'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import { Skeleton } from '@/components/ui/skeleton'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, reasonAgainst } from '@/lib/queries/organization'
import { policyQuery } from '@/lib/queries/policy'

/** Settings → Policy: what the organisation asks of its new keys, and which of the others break it. */
export function PolicyPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  const may = organization.data?.may
  const policy = useQuery({ ...policyQuery(browserClient, org), enabled: may?.see_policy.allowed === true })
  const failed = [organization, policy].find(({ error }) => error !== null)
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <PageHead title="Policy">
        <p className="text-muted">What every new key must keep to. Keys that exist go on as they are.</p>
      </PageHead>
      {failed && <Failure error={failed.error} onRetry={() => void failed.refetch()} />}
      {may?.see_policy.allowed === false && (
        <Notice title="This page is closed to you">
          <p>{may.see_policy.reason}</p>
        </Notice>
      )}
      {may && policy.data && (
        <>
          {/* Another policy, set in another tab, begins another form. */}
          <PolicyForm
            key={JSON.stringify(policy.data)}
            org={org}
            policy={policy.data}
            forbidden={reasonAgainst(may.manage_policy)}
          />
          {may.see_keys.allowed && <PolicyBreachList org={org} />}
        </>
      )}
      {(organization.isPending || (may?.see_policy.allowed && policy.isPending)) && (
        <Skeleton className="h-32 w-full" />
      )}
    </div>
  )
}
