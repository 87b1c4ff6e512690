import type { Metadata } from 'next'
import { serverClient } from '@/app/server-client'
import { InvitationPage } from '@/components/invitations/invitation-page'
import { runtime } from '@/lib/base/node/runtime'
import { body } from '@/lib/queries/request-error'

export const metadata: Metadata = { title: 'Invitation' }

type Props = { params: Promise<{ token: string }> }

export default async function Page({ params }: Props) {
  const { token } = await params
  const { invitations } = await serverClient()
  // What is asked here in the browser's place comes from our own page.
  const headers = { Origin: runtime().appUrl }
  // Longer than any token is no token, and not a fault.
  const asked = { json: { token: token.slice(0, 200) } }
  // Apart from the reading of the reply, which would hide that the database is away.
  const reply = await invitations.look.$post(asked, { headers })
  return <InvitationPage token={token} invitation={await body(Promise.resolve(reply))} />
}
