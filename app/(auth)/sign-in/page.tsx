import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { serverClient } from '@/app/server-client'
import { refusalWords } from '@/components/sign-in/refusal-words'
import { returnPath } from '@/components/sign-in/return-path'
import { SignInPage } from '@/components/sign-in/sign-in-page'
import { singleSignOn } from '@/lib/people/sign-in/single-sign-on'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { callbackUrl, error } = await searchParams
  const returnTo = returnPath(callbackUrl)
  const session = await (await serverClient()).session.$get()
  // Somebody signed in who comes back with an error was confirming that it is them.
  if (session.ok)
    redirect(error === undefined ? returnTo : `/account/confirmed?error=${encodeURIComponent(String(error))}`)
  return <SignInPage returnTo={returnTo} singleSignOn={singleSignOn() !== null} refusal={refusalWords(error)} />
}
