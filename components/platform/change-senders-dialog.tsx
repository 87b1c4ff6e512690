'use client'

import { useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { DialogFrame } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { changeOrganizationInput } from '@/lib/people/platform/contract'
import { changeOrganizationMutation, PLATFORM, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

type Props = { item: WirePlatformOrganizationDetail; frame: DialogFrame }

const split = (text: string) => text.split(/[\s,]+/).filter(Boolean)

/** Changes whom an organisation's emails may be from; it holds from the next request on. */
export function ChangeSendersDialog({ item, frame }: Props) {
  const before = item.email_senders.join(', ')
  const [text, setText] = useState(before)
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await changeOrganizationMutation(item.slug, { email_senders: split(text) })
    await finish(PLATFORM, `The senders of ${item.name} are saved.`)
  })
  const checked = changeOrganizationInput.safeParse({ email_senders: split(text) })
  const problem = checked.error?.issues[0]?.message
  const same = checked.data?.email_senders?.join() === item.email_senders.join()

  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Whom may emails of ${item.name} be from?`}
      action="Save"
      doing="Saving…"
      reason={problem ?? (same ? 'Nothing has been changed.' : undefined)}
      isDirty={() => text !== before}
    >
      <Field
        label="Addresses"
        hint="Several with commas between them. Steps of sequences send from the first. The mail server must accept them."
        error={problem}
      >
        {(control) => (
          <Input {...control} value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
    </ChangeDialog>
  )
}
