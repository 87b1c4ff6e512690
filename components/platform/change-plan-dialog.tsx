'use client'

import { useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { countKeys, PLAN_LABELS, PLAN_OPTIONS, planMeaning } from '@/components/platform/plan-labels'
import { Choice } from '@/components/ui/choice'
import type { DialogFrame } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { PLANS } from '@/lib/contracts/plans'
import { changeOrganizationMutation, PLATFORM, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

type Props = { item: WirePlatformOrganizationDetail; frame: DialogFrame }

/** Changes the plan; it holds from the next request on. */
export function ChangePlanDialog({ item, frame }: Props) {
  const [plan, setPlan] = useState(item.plan)
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await changeOrganizationMutation(item.slug, { plan })
    await finish(PLATFORM, `${item.name} is on the plan ${PLAN_LABELS[plan]}.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Change the plan of ${item.name}`}
      action="Save"
      doing="Saving…"
      reason={plan === item.plan ? 'Nothing has been changed.' : undefined}
      isDirty={() => plan !== item.plan}
    >
      <Choice label="Plan" hint={planMeaning(plan)} value={plan} options={PLAN_OPTIONS} onChange={setPlan} />
      {item.keys > PLANS[plan].keys && (
        <Notice look="warning" title={`It has ${countKeys(item.keys)} in use, more than this plan holds.`}>
          <p>They go on working. New ones are refused until there is room.</p>
        </Notice>
      )}
    </ChangeDialog>
  )
}
