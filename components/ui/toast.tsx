'use client'

import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'

/** Says what has been done, once it has been done. Failures are shown where they happened instead. */
export const useToast = () => {
  const { add } = Base.useToastManager()
  return (title: string) => add({ title })
}

export function Toasts() {
  const { toasts } = Base.useToastManager()
  return (
    <Base.Portal>
      <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2">
        {toasts.map((toast) => (
          <Base.Root
            key={toast.id}
            toast={toast}
            data-toast=""
            className="rounded-lg bg-raised shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Base.Content className="flex items-center justify-between gap-3 py-2 pr-2 pl-3">
              <Base.Title className="min-w-0 break-words text-base" />
              <Base.Close
                aria-label="Dismiss"
                className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover"
              >
                <X size={14} />
              </Base.Close>
            </Base.Content>
          </Base.Root>
        ))}
      </Base.Viewport>
    </Base.Portal>
  )
}
