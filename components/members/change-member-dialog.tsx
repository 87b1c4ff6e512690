'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { KeyDecisionList } from '@/components/members/key-decisions'
import type { MemberDialogProps } from '@/components/members/member-action-dialogs'
import { ROLE_MEANINGS, ROLE_OPTIONS } from '@/components/members/role-labels'
import { useKeyDecisions } from '@/components/members/use-key-decisions'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { updateMemberMutation } from '@/lib/queries/members'

/** Changes what a member may do; asks first about the keys that the person could no longer make. */
export function ChangeMemberDialog({ organization, item, open, onClose, returnFocus }: MemberDialogProps) {
  const org = organization.organization.slug
  const [role, setRole] = useState(item.role)
  const [developer, setDeveloper] = useState(item.developer)
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void save())
  const changed = role !== item.role || developer !== item.developer
  const change = { role, developer: developer ? ('true' as const) : ('false' as const) }
  const decisions = useKeyDecisions({ organization, item, change, enabled: open && changed })

  const save = () =>
    submit(() =>
      proof.run(async () => {
        await updateMemberMutation(org, item.id, { role, developer, keys: decisions.body() })
        // One's own role and the keys may be among what has changed.
        await queryClient.invalidateQueries({ queryKey: ['orgs', org] })
        toast(`Changed ${item.name}.`)
        onClose()
      }),
    )

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Change ${item.name}`}
      description={item.email}
      size="medium"
      returnFocus={returnFocus}
    >
      <DialogBody>
        {item.only_admin ? (
          <Notice>The only Admin stays an Admin. Make somebody else an Admin first.</Notice>
        ) : (
          <Choice label="Role" hint={ROLE_MEANINGS[role]} value={role} options={ROLE_OPTIONS} onChange={setRole} />
        )}
        <LabelledCheckbox
          labelClass="items-center"
          text="Developer permission: opens API keys to Admins of both kinds"
          checked={developer}
          onCheckedChange={setDeveloper}
        />
        {changed && <KeyDecisionList of={decisions} item={item} />}
        <ProofField proof={proof} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={pending}
          reason={changed ? decisions.reason : 'Nothing has been changed.'}
          onClick={() => void save()}
        >
          {pending ? 'Saving…' : 'Save'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
