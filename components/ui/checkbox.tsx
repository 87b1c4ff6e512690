'use client'

import { Checkbox as Base } from '@base-ui/react/checkbox'
import { cx } from 'class-variance-authority'
import { Check, Minus } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Reason } from '@/components/ui/reason'

type Props = Omit<ComponentProps<typeof Base.Root>, 'className' | 'render'> & {
  className?: string
  /** Why it cannot be ticked: it keeps its place in the tab order, and says this. */
  reason?: string
}

/** A checkbox, with a third state for groups that are ticked in part. */
function Checkbox({ className, reason, ...props }: Props) {
  const box = (
    <Base.Root
      {...props}
      readOnly={props.readOnly || reason !== undefined}
      aria-disabled={reason !== undefined || undefined}
      className={cx(
        'inline-flex size-4 shrink-0 items-center justify-center rounded-sm border transition-colors',
        reason === undefined
          ? 'border-control bg-canvas text-on-accent data-checked:border-accent data-indeterminate:border-accent data-checked:bg-accent data-indeterminate:bg-accent'
          : 'border-line bg-hover text-muted',
        className,
      )}
    >
      <Base.Indicator className="flex data-unchecked:hidden">
        {props.indeterminate ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
      </Base.Indicator>
    </Base.Root>
  )
  return reason === undefined ? box : <Reason text={reason}>{box}</Reason>
}

type LabelledProps = Props & {
  /** Beside the box; pressing it ticks the box too. */
  text: ReactNode
  labelClass?: string
}

/** A checkbox with its text. `aria-label` names it where the text alone would not. */
export function LabelledCheckbox({ text, labelClass, ...props }: LabelledProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is the control
    <label
      className={cx('inline-flex cursor-pointer gap-2 align-middle has-aria-disabled:cursor-not-allowed', labelClass)}
    >
      <Checkbox {...props} />
      {text}
    </label>
  )
}
