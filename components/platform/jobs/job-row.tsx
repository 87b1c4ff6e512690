import { useFinish } from '@/components/change/use-finish'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { ActionsCell, Cell, HeadCell, Row } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { retryJobMutation, type WireJob } from '@/lib/queries/jobs'
import { PLATFORM } from '@/lib/queries/platform'

const STATE_LABELS = { waiting: 'Waiting', running: 'Running', failed: 'Failed' } as const

const detailsOf = ({ data }: WireJob) =>
  Object.entries(data).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)

type Props = {
  item: WireJob
  /** @param trigger gets the focus back */
  onDrop: (trigger: HTMLElement) => void
}

export function JobRow({ item, onDrop }: Props) {
  const finish = useFinish()
  const { submit, pending, error } = useSubmission()
  const running = item.state === 'running' ? 'It is running. Wait for its end.' : undefined

  const retry = () =>
    submit(async () => {
      await retryJobMutation(item.id)
      await finish(PLATFORM, `${item.kind} is tried again.`)
    })

  return (
    <Row>
      <HeadCell>
        <span className="block font-medium">{item.kind}</span>
        {detailsOf(item).map((detail) => (
          <span key={detail} className="block text-muted text-sm">
            {detail}
          </span>
        ))}
        {item.error && <span className="block text-danger text-sm">{item.error}</span>}
        {error !== null && <Failure error={error} />}
      </HeadCell>
      <Cell label="State">
        {STATE_LABELS[item.state]}
        {item.state === 'waiting' && (
          <span className="block text-muted text-sm">
            next <Time at={item.run_at} />
          </span>
        )}
        {item.failed_at && (
          <span className="block text-muted text-sm">
            <Time at={item.failed_at} past />
          </span>
        )}
      </Cell>
      <Cell label="Attempts">{item.attempts}</Cell>
      <Cell label="Asked for">
        <Time at={item.created_at} past />
      </Cell>
      <ActionsCell wide>
        <span className="inline-flex gap-2">
          <Button
            size="small"
            aria-label={`Try ${item.kind} again`}
            disabled={pending}
            reason={running}
            onClick={() => void retry()}
          >
            Try again
          </Button>
          <Button
            size="small"
            aria-label={`Drop ${item.kind}`}
            reason={running ?? (item.recurring ? 'It comes round again for ever.' : undefined)}
            onClick={(event) => onDrop(event.currentTarget)}
          >
            Drop
          </Button>
        </span>
      </ActionsCell>
    </Row>
  )
}
