'use client'

import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { onDemand } from '@/components/ui/on-demand'
import { isSignedOut, isStillRunning, RequestError } from '@/lib/queries/request-error'

// A form and a dialog that few failures need: not part of every page that can fail.
const SignInAgain = onDemand(() => import('@/components/sign-in/sign-in-again').then((module) => module.SignInAgain))

type Props = {
  error: unknown
  /** Tries the same again; absent where the reader's own button does. */
  onRetry?: () => void
}

const TITLES: Partial<Record<number, string>> = {
  403: 'Not allowed',
  404: 'Not found',
  409: 'This has changed in the meantime',
  422: 'Something is not right yet',
  429: 'Too many requests',
}

function explain(error: unknown): { title: string; detail: string } {
  if (!(error instanceof RequestError)) {
    return globalThis.navigator?.onLine === false
      ? { title: 'You are offline', detail: 'Nothing was changed. Try again when you are back online.' }
      : { title: 'The server cannot be reached', detail: 'Check your connection, then try again.' }
  }
  if (isSignedOut(error)) {
    return { title: 'You are signed out', detail: 'Sign in again to go on. What you entered stays here.' }
  }
  const { status, code, detail } = error.problem
  if (isStillRunning(error)) {
    return {
      title: 'It is still being made',
      detail: 'The first try has not come to its end yet. Nothing is made twice.',
    }
  }
  const wait = error.retry_after ? ` Try again in ${error.retry_after} seconds.` : ''
  const title = code === 'wrong_state' ? 'Not possible as things are' : TITLES[status]
  return { title: title ?? 'Something went wrong', detail: detail + (status === 429 ? wait : '') }
}

/** Says what went wrong and what to do about it: each way of failing has its own words. */
export function Failure({ error, onRetry }: Props) {
  const { title, detail } = explain(error)
  const ours = error instanceof RequestError && error.problem.status >= 500
  return (
    <Notice look="danger" role="alert" title={title}>
      <p className="break-words">{detail}</p>
      {ours && (
        <p className="text-muted text-sm">
          Request id <code className="select-all break-all font-mono">{error.problem.request_id}</code>
        </p>
      )}
      {isSignedOut(error) ? (
        <SignInAgain onSignedIn={onRetry} />
      ) : (
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {isStillRunning(error) ? 'Look again' : 'Retry'}
          </Button>
        )
      )}
    </Notice>
  )
}
