'use client'

import { buttonStyle } from '@/components/ui/button-style'

/** Instead of a page that cannot be made now. It is not "signed out", and nothing is lost. */
export function UnavailablePage({ onRetry }: { onRetry: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col items-start justify-center gap-3 px-6 py-12">
      <h1 className="font-semibold text-xl">Temporarily unavailable</h1>
      <p className="text-muted">
        The service does not answer right now. Nobody was signed out, and nothing was changed.
      </p>
      <button type="button" onClick={onRetry} className={buttonStyle({ look: 'primary' })}>
        Retry
      </button>
    </main>
  )
}
