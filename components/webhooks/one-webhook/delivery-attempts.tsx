'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { useToast } from '@/components/ui/toast'
import {
  deliveryQuery,
  replayDeliveryMutation,
  type WireAttempt,
  type WireDelivery,
  webhooksOf,
} from '@/lib/queries/webhooks'

type Props = { org: string; webhook: string; item: WireDelivery; notReplay: string | undefined }

/** How each attempt was answered; and the delivery again, if that is asked for. */
export function DeliveryAttempts({ org, webhook, item, notReplay }: Props) {
  const delivery = useQuery(deliveryQuery(org, webhook, item.id))
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()

  const replay = () =>
    submit(async () => {
      await replayDeliveryMutation(org, webhook, item.id)
      await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
      toast(`${item.type} is sent again.`)
    })

  return (
    <div className="flex flex-col items-start gap-3 pb-4 pl-5">
      <p className="max-w-full text-muted text-sm wrap-anywhere">
        <code className="font-mono">webhook-id</code> {item.event_id}
      </p>
      {delivery.error && <Failure error={delivery.error} onRetry={() => void delivery.refetch()} />}
      {delivery.isPending && <Skeleton className="w-64" />}
      {delivery.data?.log.length === 0 && <p className="text-muted">No attempt has been made yet.</p>}
      {delivery.data && delivery.data.log.length > 0 && (
        <ol aria-label="Attempts" className="flex w-full flex-col gap-3">
          {delivery.data.log.map((attempt) => (
            <Attempt key={attempt.number} attempt={attempt} />
          ))}
        </ol>
      )}
      {error !== null && <Failure error={error} />}
      <Button
        size="small"
        aria-label={`Send ${item.type} again`}
        disabled={pending}
        reason={notReplay ?? (item.status === 'pending' ? 'It is on its way.' : undefined)}
        onClick={() => void replay()}
      >
        Send again
      </Button>
    </div>
  )
}

const Attempt = ({ attempt: { number, at, status_code, error, duration_ms, reply } }: { attempt: WireAttempt }) => (
  <li className="flex min-w-0 flex-col gap-1">
    <p>
      {number}. {status_code ?? error}{' '}
      <span className="text-muted">
        in {duration_ms.toLocaleString('en')} ms, <Time at={at} past />
      </span>
    </p>
    {reply && (
      <CodeBlock className="max-h-40 max-w-full rounded-md border border-line bg-subtle px-3 py-2">{reply}</CodeBlock>
    )}
  </li>
)
