'use client'

import { useHydrated } from '@/components/hooks/use-hydrated'
import type { StartAction } from '@/components/keys/actions/use-key-actions'
import { isCloseToExpiry } from '@/components/keys/one-key/close-to-expiry'
import { useNow } from '@/components/providers/now'
import { Button } from '@/components/ui/button'
import { exactTime, utcTime } from '@/components/ui/instant'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { WireKey } from '@/lib/queries/keys'

type Props = { item: WireKey; forbidden: string | undefined; onAction: StartAction }

/** Says that a key in use will end soon, while there is time to replace it. */
export function ExpiryBanner({ item, forbidden, onAction }: Props) {
  const now = useNow()
  const hydrated = useHydrated()
  if (item.expires_at === null || !isCloseToExpiry(item, now)) return null
  const at = Date.parse(item.expires_at)
  return (
    <Notice
      look="warning"
      title={
        <>
          This key expires <Time at={item.expires_at} />
        </>
      }
    >
      <p>
        From {hydrated ? exactTime(at) : utcTime(at)} on it is refused, and an expired key cannot be renewed. Rotate it:
        its successor has the same scopes, and you choose for how long both work.
      </p>
      <Button reason={forbidden} onClick={(event) => onAction('rotate', item, event.currentTarget)}>
        Rotate now
      </Button>
    </Notice>
  )
}
