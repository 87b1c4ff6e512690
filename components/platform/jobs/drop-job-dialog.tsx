import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { DialogFrame } from '@/components/ui/dialog'
import { dropJobMutation, type WireJob } from '@/lib/queries/jobs'
import { PLATFORM } from '@/lib/queries/platform'

/** Gives a job up for good. */
export function DropJobDialog({ item, frame }: { item: WireJob; frame: DialogFrame }) {
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await dropJobMutation(item.id)
    await finish(PLATFORM, `${item.kind} is dropped.`)
  })
  return (
    <ChangeDialog frame={frame} change={change} title={`Drop ${item.kind}?`} action="Drop" doing="Dropping…" danger>
      <p>It is never done, and cannot be brought back. An email that it was to send is marked as failed.</p>
    </ChangeDialog>
  )
}
