'use client'

import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { beginSingleSignOn } from '@/lib/queries/sign-in'

/** Leads to the operator's OpenID provider, and from there to `returnTo`. */
export function SingleSignOnButton({ returnTo }: { returnTo: string }) {
  const { submit, pending, error } = useSubmission()
  const begin = () =>
    submit(async () => {
      const address = await beginSingleSignOn(returnTo, { fresh: false })
      window.location.assign(address ?? '/sign-in?error=OAuthSignin')
    })
  return (
    <>
      {error !== null && <Failure error={error} />}
      <Button disabled={pending} onClick={() => void begin()}>
        {pending ? 'One moment…' : 'Sign in with single sign-on'}
      </Button>
    </>
  )
}
