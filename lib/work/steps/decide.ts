import { HOUR_MS, MINUTE_MS } from '@/lib/base/time'

/** A step as it is stored. */
export type StoredStep = {
  kind: 'email' | 'task' | 'wait'
  subject: string | null
  body: string | null
  title: string | null
  hours: number | null
}

/** What becomes of an enrolled contact whose step is due. */
export type Decision =
  | { kind: 'email'; subject: string; body: string; to: Position }
  | { kind: 'task'; title: string; to: Position }
  | { kind: 'wait'; to: Position }
  /** Nobody can send for the organisation yet: the step stays where it is. */
  | { kind: 'hold'; to: Position }
  | { kind: 'remove'; to: Position }
  | { kind: 'complete'; to: Position }

/** Where the enrollment stands then. @property after_ms until its step is due */
type Position = { status: 'active' | 'completed' | 'removed'; current_step: number; after_ms: number }

type Due = {
  current_step: number
  steps: readonly StoredStep[]
  excluded: boolean
  /** Whether an email can go out: a sender is allowed, and a server is set. */
  can_send: boolean
}

/** An organisation that may not send yet is asked again after this. */
const HOLD_MS = 15 * MINUTE_MS

/** Decides, and touches nothing. Steps are counted from 1. */
export function decide({ current_step, steps, excluded, can_send }: Due): Decision {
  const stay = { current_step, after_ms: 0 }
  if (excluded) return { kind: 'remove', to: { ...stay, status: 'removed' } }
  const step = steps[current_step - 1]
  const completed = { status: 'completed', current_step: Math.max(steps.length, 1), after_ms: 0 } as const
  if (!step) return { kind: 'complete', to: completed }
  const next = { status: 'active', current_step: current_step + 1, after_ms: 0 } as const
  // After the last step there is nothing to be waited for, but for a wait.
  const to = current_step === steps.length ? completed : next
  switch (step.kind) {
    case 'wait':
      return { kind: 'wait', to: { ...next, after_ms: (step.hours ?? 0) * HOUR_MS } }
    case 'task':
      return { kind: 'task', title: step.title ?? '', to }
    case 'email':
      if (!can_send) return { kind: 'hold', to: { ...stay, status: 'active', after_ms: HOLD_MS } }
      return { kind: 'email', subject: step.subject ?? '', body: step.body ?? '', to }
  }
}
