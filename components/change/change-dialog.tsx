'use client'

import { type ComponentProps, type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { ChangeForm } from '@/components/change/change-form'
import { type CloseDetails, Dialog, type DialogFrame } from '@/components/ui/dialog'
import { DiscardDialog } from '@/components/ui/discard-dialog'
import { useUnsaved } from '@/components/ui/navigation'

type Look = Pick<ComponentProps<typeof Dialog>, 'title' | 'description' | 'size' | 'keepOnOutsidePress'>
type Form = Omit<ComponentProps<typeof ChangeForm>, 'onCancel' | 'stays'>

type Props = Look &
  Form & {
    frame: DialogFrame
    /** Whether anything was entered that closing would lose. */
    isDirty?: () => boolean
    /** What is lost with it, or not. */
    loss?: () => string
    /** What stands in the place of the form once the change is made: something that is seen this once. */
    result?: ReactNode
    /** Is asked first whether the dialog may close. With it, the dialog stays while the change is on its way. */
    guard?: (details: CloseDetails, otherwise: () => void) => void
  }

/**
 * The frame of every dialog that changes something. It asks before what was entered is lost. Closed while the change is
 * on its way, it comes back with what nobody has seen yet: a result, a refusal, a question.
 */
export function ChangeDialog({ frame, isDirty, loss, result, guard, ...props }: Props) {
  const { title, description, size, keepOnOutsidePress, ...form } = props
  const { isRunning, error, proof } = form.change
  const [asked, setAsked] = useState<string | null>(null)
  const hasResult = result !== undefined && result !== null
  const isUnsaved = () => frame.open && !hasResult && (isDirty?.() ?? false)
  useUnsaved(isUnsaved)

  const comeBack = useEffectEvent(() => frame.setOpen(true))
  // Each by itself: what ends with the change does not bring back what was closed after it.
  useEffect(() => {
    if (error !== null) comeBack()
  }, [error])
  useEffect(() => {
    if (proof.asked) comeBack()
  }, [proof.asked])
  useEffect(() => {
    if (hasResult) comeBack()
  }, [hasResult])

  const leave = () => frame.setOpen(false)
  const close = (details: CloseDetails) => {
    if (isRunning() || !isUnsaved()) return leave()
    details.cancel()
    setAsked(loss?.() ?? 'Nothing has been changed yet.')
  }
  const closeGuarded = (details: CloseDetails) =>
    guard?.(details, () => (isRunning() ? details.cancel() : close(details)))

  return (
    <Dialog
      {...{ title, description, size, keepOnOutsidePress }}
      open={frame.open}
      onClose={guard ? closeGuarded : close}
      onClosed={() => {
        if (!isRunning()) frame.onClosed()
      }}
      returnFocus={frame.returnFocus}
    >
      {hasResult ? result : <ChangeForm {...form} onCancel={leave} stays={guard !== undefined} />}
      <DiscardDialog
        open={asked !== null}
        stay="Back to the form"
        loss={asked ?? undefined}
        onStay={() => setAsked(null)}
        onDiscard={() => {
          setAsked(null)
          leave()
        }}
      />
    </Dialog>
  )
}
