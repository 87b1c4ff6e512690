import { type SignInRefusal, signInRefusal } from '@/lib/people/sign-in/contract'

const WORDS: Record<SignInRefusal, string> = {
  unknown_person: 'Nobody here has your email address. Ask an Admin of your organisation to invite you.',
  email_unverified:
    'Your sign-on service does not say that it has verified your email address, so it cannot be linked to an account here.',
  linked_elsewhere: 'Your account here is linked to another account of your sign-on service. Sign in with that one.',
  other_person: 'That is another person than the one who is signed in here. Sign out first.',
}

/** What the address of a page says went wrong with single sign-on, in words; undefined when nothing did. */
export function refusalWords(error: string | string[] | undefined): string | undefined {
  if (error === undefined) return undefined
  const known = signInRefusal.safeParse(error)
  return known.success ? WORDS[known.data] : 'Single sign-on did not come to its end. Try again.'
}
