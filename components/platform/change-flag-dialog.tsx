'use client'

import { useState } from 'react'
import { countKeys } from '@/components/platform/plan-labels'
import { ReasonDialog } from '@/components/platform/reason-dialog'
import type { DialogFrame } from '@/components/ui/dialog'
import { changeOrganizationMutation, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

type Props = { item: WirePlatformOrganizationDetail; frame: DialogFrame }

/** Turns the Developer API on or off, after the effect has been said. */
export function ChangeFlagDialog({ item, frame }: Props) {
  // What was asked stays, also while the page behind already shows that it is done.
  const [on] = useState(!item.developer_api)
  const keys = item.keys === 0 ? 'It has no key in use.' : null
  return (
    <ReasonDialog
      frame={frame}
      title={`Turn the Developer API ${on ? 'on' : 'off'} for ${item.name}?`}
      action={on ? 'Turn on' : 'Turn off'}
      danger={!on}
      done={`The Developer API is ${on ? 'on' : 'off'} for ${item.name}.`}
      onSubmit={(reason) => changeOrganizationMutation(item.slug, { developer_api: on, reason })}
    >
      {on ? (
        <p>
          {keys ?? `${countKeys(item.keys)} work again from this moment.`} Its Admins can make keys.
          {item.access_request && ' Its request is granted by this.'}
        </p>
      ) : (
        <p>
          {keys ??
            `This stops ${countKeys(item.keys)} from this moment, ${item.keys_used_today} used in the last 24 hours.`}{' '}
          Requests with them are refused with <code>developer_api_disabled</code>. No key is lost.
        </p>
      )}
    </ReasonDialog>
  )
}
