'use client'

import { useQuery } from '@tanstack/react-query'
import { AuditLog } from '@/components/audit/audit-log'
import { ClosedPage } from '@/components/shell/closed-page'
import { Failure } from '@/components/shell/failure'
import { Waiting } from '@/components/shell/waiting'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, reasonAgainst } from '@/lib/queries/organization'

/** Settings → Audit log. */
export function AuditPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  if (organization.data) {
    const closed = reasonAgainst(organization.data.may.see_audit)
    if (closed !== undefined) return <ClosedPage title="Audit log" reason={closed} />
    return (
      <AuditLog
        source={{ org }}
        intro={`Who changed what in ${organization.data.organization.name}. Nothing here is ever altered or removed.`}
      />
    )
  }
  if (organization.error) return <Failure error={organization.error} onRetry={() => void organization.refetch()} />
  return <Waiting what="the audit log" />
}
