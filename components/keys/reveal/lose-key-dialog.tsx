'use client'

import { Question } from '@/components/ui/question'

type Props = { open: boolean; onStay: () => void; onLeave: () => void }

/** Asks before a key that was not stored is lost. */
export const LoseKeyDialog = ({ open, onStay, onLeave }: Props) => (
  <Question
    open={open}
    title="Close without storing the key?"
    stay="Back to the key"
    onStay={onStay}
    go="Close and lose it"
    onGo={onLeave}
  >
    <p>You have neither copied nor downloaded it, and it cannot be shown again.</p>
  </Question>
)
