'use client'

import { useSubmission } from '@/components/hooks/use-submission'
import { NewPersonForm } from '@/components/invitations/new-person-form'
import { ROLE_LABELS } from '@/components/members/role-labels'
import { Failure } from '@/components/shell/failure'
import { NarrowPage } from '@/components/shell/narrow-page'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { Button } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { Time } from '@/components/ui/time'
import { acceptInvitationMutation, type WireInvitationView } from '@/lib/queries/invitations'
import { signInMutation, signOut } from '@/lib/queries/sign-in'

type Live = Extract<WireInvitationView, { organization: unknown }>
type Props = { token: string; invitation: WireInvitationView }

const DEAD = {
  unknown: {
    title: 'This link opens nothing',
    text: 'It may not be whole, or a newer link has taken its place. Ask whoever sent it for a new one.',
  },
  used: {
    title: 'This invitation has been used',
    text: 'Each link works once. If it was you, sign in; if not, tell an Admin of the organisation.',
  },
  withdrawn: {
    title: 'This invitation was withdrawn',
    text: 'Ask an Admin of the organisation if you still want to join.',
  },
  expired: {
    title: 'This invitation has expired',
    text: 'A link works for seven days. Ask whoever sent it for a new one.',
  },
} as const

/** What a link of an invitation leads to: joining, or the reason why not. */
export function InvitationPage({ token, invitation }: Props) {
  if (!('organization' in invitation)) {
    const { title, text } = DEAD[invitation.state]
    return (
      <NarrowPage title={title}>
        <p className="text-muted">{text}</p>
        <PageLink href="/sign-in" className="text-accent hover:underline">
          To the sign-in
        </PageLink>
      </NarrowPage>
    )
  }
  if (invitation.state === 'another_person') return <AnotherPerson invitation={invitation} />
  if (invitation.state === 'member') {
    return (
      <NarrowPage title={`You are a member of ${invitation.organization.name} already`}>
        <p className="text-muted">There is nothing to accept.</p>
        <PageLink href={pathOf(invitation)} className="break-words text-accent hover:underline">
          To {invitation.organization.name}
        </PageLink>
      </NarrowPage>
    )
  }
  return (
    <NarrowPage title={`Join ${invitation.organization.name}`}>
      <p className="break-words text-muted">
        {invitation.invited_by ?? 'An Admin'} invites {invitation.email} as {ROLE_LABELS[invitation.role]}. The
        invitation ends <Time at={invitation.expires_at} />.
      </p>
      <Joining token={token} invitation={invitation} />
    </NarrowPage>
  )
}

const pathOf = ({ organization }: Live) => `/orgs/${organization.slug}/settings/api-keys`

/** A full load: nothing that an earlier person's page kept in memory survives it. */
const goTo = (path: string) => window.location.assign(path)

function Joining({ token, invitation }: { token: string; invitation: Live }) {
  if (invitation.state === 'sign_in') {
    return (
      <>
        <p>You have an account with this email. Sign in to join.</p>
        <SignInForm onSignedIn={() => window.location.reload()} />
      </>
    )
  }
  if (invitation.state === 'join') return <Join token={token} invitation={invitation} />
  const accept = async (person: { name: string; password: string }) => {
    await acceptInvitationMutation({ token, person })
    const outcome = await signInMutation(invitation.email, person.password)
    goTo(outcome.kind === 'signed_in' ? pathOf(invitation) : '/sign-in')
  }
  return <NewPersonForm email={invitation.email} submitLabel="Create account and join" onSubmit={accept} />
}

function Join({ token, invitation }: { token: string; invitation: Live }) {
  const { submit, pending, error } = useSubmission()
  const join = () =>
    submit(async () => {
      await acceptInvitationMutation({ token })
      goTo(pathOf(invitation))
    })
  return (
    <>
      {error !== null && <Failure error={error} />}
      <Button look="primary" disabled={pending} onClick={() => void join()}>
        {pending ? 'Joining…' : 'Accept and join'}
      </Button>
    </>
  )
}

function AnotherPerson({ invitation }: { invitation: Live }) {
  const { submit, pending, error } = useSubmission()
  const leave = () =>
    submit(async () => {
      await signOut()
      window.location.reload()
    })
  return (
    <NarrowPage title="This invitation is for somebody else">
      <p className="break-words text-muted">
        It is for {invitation.email}, and you are signed in with another address. Sign out to accept it as{' '}
        {invitation.email}.
      </p>
      {error !== null && <Failure error={error} />}
      <Button disabled={pending} onClick={() => void leave()}>
        {pending ? 'Signing out…' : 'Sign out'}
      </Button>
    </NarrowPage>
  )
}
