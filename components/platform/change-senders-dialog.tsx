'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useToast } from '@/components/ui/toast'
import { changeOrganizationInput } from '@/lib/people/platform/contract'
import { changeOrganizationMutation, PLATFORM, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

type Props = { item: WirePlatformOrganizationDetail; open: boolean; onClose: () => void }

const split = (text: string) => text.split(/[\s,]+/).filter(Boolean)

/** Changes whom an organisation's emails may be from; it holds from the next request on. */
export function ChangeSendersDialog({ item, open, onClose }: Props) {
  const [text, setText] = useState(item.email_senders.join(', '))
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void save())
  const checked = changeOrganizationInput.safeParse({ email_senders: split(text) })
  const problem = checked.error?.issues[0]?.message
  const same = checked.data?.email_senders?.join() === item.email_senders.join()

  const save = () =>
    submit(() =>
      proof.run(async () => {
        await changeOrganizationMutation(item.slug, { email_senders: split(text) })
        await queryClient.invalidateQueries({ queryKey: PLATFORM })
        toast(`The senders of ${item.name} are saved.`)
        onClose()
      }),
    )

  return (
    <Dialog open={open} onClose={onClose} title={`Whom may emails of ${item.name} be from?`}>
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          if (checked.success && !same) void save()
        }}
      >
        <DialogBody>
          <Field
            label="Addresses"
            hint="Several with commas between them. Steps of sequences send from the first. The mail server must accept them."
            error={problem}
          >
            {(control) => (
              <Input {...control} value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
          <ProofField proof={proof} />
          {error !== null && <Failure error={error} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            disabled={pending}
            reason={problem ?? (same ? 'Nothing has been changed.' : undefined)}
          >
            {pending ? 'Saving…' : 'Save'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
