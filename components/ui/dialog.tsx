'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { cva, type VariantProps } from 'class-variance-authority'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { buttonStyle } from '@/components/ui/button-style'

const CENTRED =
  'left-1/2 -translate-x-1/2 data-ending-style:scale-[.99] data-starting-style:scale-[.99] sm:top-[8dvh] sm:max-h-[84dvh] sm:rounded-xl'

/** `side`: at the edge, beside what it is about. */
const popupStyle = cva(
  'fixed z-30 flex w-full flex-col bg-raised shadow-popup outline-none transition-[opacity,transform] data-ending-style:opacity-0 data-starting-style:opacity-0',
  {
    variants: {
      size: {
        small: `${CENTRED} max-sm:bottom-0 max-sm:max-h-dvh max-sm:rounded-t-xl sm:max-w-md`,
        medium: `${CENTRED} max-sm:inset-y-0 sm:max-w-xl`,
        large: `${CENTRED} max-sm:inset-y-0 sm:max-w-3xl`,
        side: 'inset-y-0 right-0 data-ending-style:translate-x-2 data-starting-style:translate-x-2 sm:max-w-lg',
      },
    },
    defaultVariants: { size: 'small' },
  },
)

export type CloseDetails = Base.Root.ChangeEventDetails

/** What a dialog has from whoever opens it. */
export type DialogFrame = {
  open: boolean
  /** Closes it, or brings it back before it is forgotten. */
  setOpen: (open: boolean) => void
  /** It has faded out: nothing of it need be kept. */
  onClosed: () => void
  /** Where the focus goes when it has closed; null: to where it came from. */
  returnFocus: () => HTMLElement | null
}

const FIELD = 'input:not([type="hidden"], [aria-hidden="true"]), textarea, select, [role="radio"][tabindex="0"]'

type Props = VariantProps<typeof popupStyle> & {
  open: boolean
  /** Asked before it closes, by Esc, the cross or a press outside; call `details.cancel()` to stay open. */
  onClose: (details: CloseDetails) => void
  /** It has closed, and faded out. */
  onClosed?: () => void
  title: ReactNode
  description?: ReactNode
  /** A press outside does not close it: what it holds would be lost by a stray click. */
  keepOnOutsidePress?: boolean
  /** Where the focus goes when it has closed; else to where it came from. */
  returnFocus?: () => HTMLElement | null
  children: ReactNode
}

/** A modal dialog. Put `DialogBody` and `DialogFooter` in it. The focus begins at the first field of its form. */
export function Dialog({ open, onClose, onClosed, title, description, size, keepOnOutsidePress, ...props }: Props) {
  const { returnFocus, children } = props
  const popup = useRef<HTMLDivElement>(null)
  const firstField = () => popup.current?.querySelector('form')?.querySelector<HTMLElement>(FIELD)
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={keepOnOutsidePress}
      onOpenChange={(next, details) => {
        if (!next) onClose(details)
      }}
      onOpenChangeComplete={(next) => {
        if (!next) onClosed?.()
      }}
    >
      <Base.Portal>
        <Base.Backdrop
          forceRender
          className="fixed inset-0 z-30 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <Base.Popup
          ref={popup}
          className={popupStyle({ size })}
          initialFocus={() => firstField() ?? true}
          finalFocus={returnFocus && (() => returnFocus() ?? true)}
        >
          <div className="flex flex-col gap-1 px-5 pt-4 pr-14 pb-3">
            <Base.Title className="break-words font-semibold text-lg">{title}</Base.Title>
            {description && <Base.Description className="text-muted">{description}</Base.Description>}
          </div>
          {children}
          {/* Last, so that the focus starts at what the dialog is about. */}
          <Base.Close
            className={buttonStyle({ look: 'quiet', size: 'icon', className: 'absolute top-3 right-3' })}
            aria-label="Close"
          >
            <X size={16} />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export const DialogBody = ({ children }: { children: ReactNode }) => (
  <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 pt-1 pb-4">{children}</div>
)

export const DialogFooter = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">{children}</div>
)
