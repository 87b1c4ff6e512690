'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { countKeys, PLAN_LABELS, PLAN_OPTIONS, planMeaning } from '@/components/platform/plan-labels'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { PLANS } from '@/lib/contracts/plans'
import { changeOrganizationMutation, PLATFORM, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

type Props = { item: WirePlatformOrganizationDetail; open: boolean; onClose: () => void }

/** Changes the plan; it holds from the next request on. */
export function ChangePlanDialog({ item, open, onClose }: Props) {
  const [plan, setPlan] = useState(item.plan)
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()

  const save = () =>
    submit(async () => {
      await changeOrganizationMutation(item.slug, { plan })
      await queryClient.invalidateQueries({ queryKey: PLATFORM })
      toast(`${item.name} is on the plan ${PLAN_LABELS[plan]}.`)
      onClose()
    })

  return (
    <Dialog open={open} onClose={onClose} title={`Change the plan of ${item.name}`}>
      <DialogBody>
        <Choice label="Plan" hint={planMeaning(plan)} value={plan} options={PLAN_OPTIONS} onChange={setPlan} />
        {item.keys > PLANS[plan].keys && (
          <Notice look="warning" title={`It has ${countKeys(item.keys)} in use, more than this plan holds.`}>
            <p>They go on working. New ones are refused until there is room.</p>
          </Notice>
        )}
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={pending}
          reason={plan === item.plan ? 'Nothing has been changed.' : undefined}
          onClick={() => void save()}
        >
          {pending ? 'Saving…' : 'Save'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
