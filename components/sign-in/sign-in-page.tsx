'use client'

import { NarrowPage } from '@/components/shell/narrow-page'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { SingleSignOnButton } from '@/components/sign-in/single-sign-on-button'
import { Notice } from '@/components/ui/notice'
import { PageLink } from '@/components/ui/page-link'

type Props = {
  /** A path of this product, already checked. */
  returnTo: string
  /** Whether the operator has set an OpenID provider. */
  singleSignOn: boolean
  /** Why somebody who comes back from there was not let in. */
  refusal: string | undefined
}

export const SignInPage = ({ returnTo, singleSignOn, refusal }: Props) => (
  <NarrowPage title="Sign in to Latchkey">
    {refusal && (
      <Notice look="danger" role="alert">
        <p>{refusal}</p>
      </Notice>
    )}
    {/* A full load: nothing that an earlier person's page kept in memory survives it. */}
    <SignInForm onSignedIn={() => window.location.assign(returnTo)} />
    <PageLink href="/forgot-password" className="text-accent hover:underline">
      Forgotten your password?
    </PageLink>
    {singleSignOn && (
      <div className="flex flex-col gap-4 border-line border-t pt-6">
        <SingleSignOnButton returnTo={returnTo} />
      </div>
    )}
  </NarrowPage>
)
