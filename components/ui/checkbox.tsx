'use client'

import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { Reason } from '@/components/ui/reason'

type Props = {
  checked: boolean
  /** A third state, for groups that are ticked in part. */
  indeterminate?: boolean
  onCheckedChange: (checked: boolean) => void
  /** Why it cannot be ticked: it keeps its place in the tab order, and says this. */
  reason?: string
  'aria-label'?: string
  className?: string
}

/** The browser's own box in our colour. */
function Checkbox({ indeterminate = false, onCheckedChange, reason, className, ...props }: Props) {
  const box = (
    <input
      {...props}
      ref={(element) => {
        if (element) element.indeterminate = indeterminate
      }}
      type="checkbox"
      aria-disabled={reason !== undefined || undefined}
      onClick={(event) => {
        if (reason !== undefined) event.preventDefault()
      }}
      onChange={(event) => onCheckedChange(event.target.checked)}
      className={cx(
        'size-4 shrink-0 accent-accent',
        reason !== undefined && 'cursor-not-allowed opacity-55 grayscale',
        className,
      )}
    />
  )
  return reason === undefined ? box : <Reason text={reason}>{box}</Reason>
}

type LabelledProps = Props & {
  /** Beside the box; pressing it ticks the box too. */
  text: ReactNode
  labelClass?: string
}

/** A checkbox with its text. `aria-label` names it where the text alone would not. */
export const LabelledCheckbox = ({ text, labelClass, ...props }: LabelledProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is the control
  <label
    className={cx('inline-flex cursor-pointer gap-2 align-middle has-aria-disabled:cursor-not-allowed', labelClass)}
  >
    <Checkbox {...props} />
    {text}
  </label>
)
