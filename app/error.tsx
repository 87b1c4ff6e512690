'use client'

import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { UnavailablePage } from '@/components/shell/unavailable-page'
import { buttonStyle } from '@/components/ui/button-style'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function ErrorPage({ error, reset }: Props) {
  const router = useRouter()
  const retry = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  if (error.digest === 'unavailable') return <UnavailablePage onRetry={retry} />
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col items-start justify-center gap-3 px-6 py-12">
      <h1 className="font-semibold text-xl">Something went wrong</h1>
      <p className="text-muted">The page could not be made. Nothing was changed.</p>
      {error.digest && (
        <p className="text-muted text-sm">
          Error <code className="select-all font-mono">{error.digest}</code>
        </p>
      )}
      {/* Every page carries this one: a plain button, without what only disabled ones need. */}
      <button type="button" onClick={retry} className={buttonStyle({ look: 'primary' })}>
        Retry
      </button>
    </main>
  )
}
