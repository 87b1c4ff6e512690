'use client'

import { useQuery } from '@tanstack/react-query'
import { AuditLog, AuditWaiting } from '@/components/audit/audit-log'
import { Failure } from '@/components/shell/failure'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, reasonAgainst } from '@/lib/queries/organization'

/** Settings → Audit log. */
export function AuditPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  if (organization.data) {
    const closed = reasonAgainst(organization.data.may.see_audit)
    if (closed !== undefined) return <AuditClosed reason={closed} />
    return (
      <AuditLog
        source={{ org }}
        intro={`Who changed what in ${organization.data.organization.name}. Nothing here is ever altered or removed.`}
      />
    )
  }
  if (organization.error) return <Failure error={organization.error} onRetry={() => void organization.refetch()} />
  return <AuditWaiting />
}

const AuditClosed = ({ reason }: { reason: string }) => (
  <div className="flex max-w-2xl flex-col gap-5">
    <PageHead title="Audit log" />
    <Notice title="This page is closed to you">
      <p>{reason}</p>
    </Notice>
  </div>
)
