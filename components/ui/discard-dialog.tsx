'use client'

import { Question } from '@/components/ui/question'

type Props = {
  open: boolean
  stay?: string
  /** What would be lost, or not. */
  loss?: string
  onStay: () => void
  onDiscard: () => void
}

/** Asks before what was entered is lost. */
export const DiscardDialog = ({
  stay = 'Go on editing',
  loss = 'It has not been saved.',
  onDiscard,
  ...props
}: Props) => (
  <Question {...props} title="Discard what you entered?" stay={stay} go="Discard" onGo={onDiscard}>
    <p>{loss}</p>
  </Question>
)
