import type { Metadata } from 'next'
import { ConfirmedPage } from '@/components/account/confirmed-page'
import { refusalWords } from '@/components/sign-in/refusal-words'

export const metadata: Metadata = { title: 'Confirmed' }

type Props = { searchParams: Promise<{ error?: string | string[] }> }

/** Where single sign-on ends that was to confirm a person, in a window of its own. */
export default async function Page({ searchParams }: Props) {
  return <ConfirmedPage refusal={refusalWords((await searchParams).error)} />
}
