'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { accessRequestQuery, requestAccessMutation } from '@/lib/queries/access-request'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, reasonAgainst } from '@/lib/queries/organization'

/** Asks the platform for the Developer API, or says that it was asked. */
export function RequestAccess({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org)).data
  const request = useQuery(accessRequestQuery(browserClient, org))
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  if (request.error) return <Failure error={request.error} onRetry={() => void request.refetch()} />
  if (!organization || !request.data) return null

  const ask = () =>
    submit(async () => {
      // Also where somebody else was quicker: the page then shows that it was asked.
      await requestAccessMutation(org).finally(() => queryClient.invalidateQueries({ queryKey: ['orgs', org] }))
    })

  return (
    <div className="flex flex-col items-start gap-3" role="status">
      {request.data.asked_at === null ? (
        <Button
          look="primary"
          disabled={pending}
          reason={reasonAgainst(organization.may.request_access)}
          onClick={() => void ask()}
        >
          {pending ? 'Requesting…' : 'Request access'}
        </Button>
      ) : (
        <p>
          Access was requested <Time at={request.data.asked_at} past />. A platform admin decides; this page opens when
          it is granted.
        </p>
      )}
      {error !== null && request.data.asked_at === null && <Failure error={error} />}
    </div>
  )
}
