'use client'

import { useQuery } from '@tanstack/react-query'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { DialogFrame } from '@/components/ui/dialog'
import { browserClient } from '@/lib/queries/client'
import { sessionQuery } from '@/lib/queries/organization'
import { PLATFORM, takePlatformAdminMutation, type WirePlatformAdmin } from '@/lib/queries/platform'

/** Takes the platform from somebody. */
export function TakeAdminDialog({ item, frame }: { item: WirePlatformAdmin; frame: DialogFrame }) {
  const session = useQuery(sessionQuery(browserClient)).data
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await takePlatformAdminMutation(item.id)
    // Whoever has given it up has no page here any more.
    if (session?.user.id === item.id) return window.location.assign('/')
    await finish(PLATFORM, `${item.name} is no longer a platform admin.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Take the platform from ${item.name}?`}
      action="Take away"
      doing="Taking away…"
      danger
    >
      <p>From the next request on they find no console. Their memberships stay as they are.</p>
    </ChangeDialog>
  )
}
