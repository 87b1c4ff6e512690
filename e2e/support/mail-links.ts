import { environment } from '@/e2e/support/environment'
import { setRuntime } from '@/lib/base/node/runtime'
import { unsubscribeUrl } from '@/lib/kernel/unsubscribes/link'
import { sealEnd } from '@/lib/people/notices/mail/end-link'

/** Paths that stand in mails, sealed as the product seals them. */

setRuntime({
  databaseUrl: environment.E2E_DATABASE_URL,
  authSecret: environment.E2E_AUTH_SECRET,
  appUrl: environment.E2E_BASE_URL,
  requireHttps: false,
})

/** @param email_id of the mail that it stands in */
export const unsubscribePath = (email_id: string): string => new URL(unsubscribeUrl(email_id)).pathname

export const endMailsPath = (user_id: string): string =>
  `/notices/off#${sealEnd(user_id, ['key_created', 'key_expiring'])}`
