import { Ban, CircleCheck, Clock, History, RefreshCw, TimerOff } from 'lucide-react'
import { STATUS_LABELS, STATUS_MEANINGS } from '@/components/keys/key-labels'
import { Tooltip } from '@/components/ui/tooltip'
import type { KeyStatus } from '@/lib/contracts/key-terms'

const ICONS = {
  active: CircleCheck,
  expiring: Clock,
  retiring: RefreshCw,
  rotated: History,
  revoked: Ban,
  expired: TimerOff,
} as const satisfies Record<KeyStatus, unknown>

const COLOURS: Record<KeyStatus, string> = {
  active: 'text-good',
  expiring: 'text-warn',
  retiring: 'text-warn',
  rotated: 'text-muted',
  revoked: 'text-danger',
  expired: 'text-muted',
}

/** A status by icon and word, with its meaning on hover. */
export function KeyStatusView({ status }: { status: KeyStatus }) {
  const Icon = ICONS[status]
  return (
    <Tooltip text={STATUS_MEANINGS[status]}>
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <Icon size={14} aria-hidden="true" className={COLOURS[status]} />
        {STATUS_LABELS[status]}
      </span>
    </Tooltip>
  )
}
