'use client'

import { Button as BaseButton } from '@base-ui/react/button'
import type { VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { buttonStyle } from '@/components/ui/button-style'
import { Reason } from '@/components/ui/reason'

type Props = Omit<ComponentProps<typeof BaseButton>, 'className'> &
  VariantProps<typeof buttonStyle> & {
    className?: string
    /** Why it cannot be pressed: it is disabled, keeps its place in the tab order, and says this. */
    reason?: string
  }

/** A button. While `disabled` it can still be focused, so that nobody's focus is lost when it becomes so. */
export function Button({ look, size, className, reason, disabled, ...props }: Props) {
  const button = (
    <BaseButton
      {...props}
      focusableWhenDisabled
      disabled={disabled || reason !== undefined}
      className={buttonStyle({ look, size, className })}
    />
  )
  return reason === undefined ? button : <Reason text={reason}>{button}</Reason>
}
