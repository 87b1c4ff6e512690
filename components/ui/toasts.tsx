'use client'

import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'

const SHOWN_MS = 5_000

/** @param titles everything that has been said since the page came; each is shown once, for a while */
export const Toasts = ({ titles }: { titles: readonly string[] }) => (
  <Base.Provider timeout={SHOWN_MS}>
    <Shown titles={titles} />
  </Base.Provider>
)

function Shown({ titles }: { titles: readonly string[] }) {
  const { toasts, add } = Base.useToastManager()
  const shown = useRef(0)
  useEffect(() => {
    for (const title of titles.slice(shown.current)) add({ title })
    shown.current = titles.length
  }, [titles, add])
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
