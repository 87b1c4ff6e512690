import { RequestAccess } from '@/components/keys/list/request-access'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import type { WirePermission } from '@/lib/queries/organization'

/** Says why somebody sees no keys here, and who can change that. */
export function KeysClosed({
  org,
  permission,
}: {
  org: string
  permission: Extract<WirePermission, { allowed: false }>
}) {
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <PageHead title="API Keys" />
      <Notice
        title={permission.code === 'developer_api_disabled' ? 'The Developer API is off' : 'This page is closed to you'}
      >
        <p>{permission.reason}</p>
        {permission.code === 'developer_api_disabled' && (
          <p className="text-muted">
            While it is off, requests with this organisation's keys are refused with <code>developer_api_disabled</code>
            . No key is lost.
          </p>
        )}
      </Notice>
      {permission.code === 'developer_api_disabled' && <RequestAccess org={org} />}
    </div>
  )
}
