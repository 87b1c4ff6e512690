import { z } from 'zod'

/** What nodemailer calls a refusal of the mail itself: by its sender, a recipient or what it says. */
const OF_THE_MAIL = ['EENVELOPE', 'EMESSAGE']

/** The server wants a sign-in first (RFC 4954, 6), and says so of any mail. */
const SIGN_IN_FIRST = 530

const refusal = z.object({ code: z.string(), responseCode: z.int() })

/**
 * Whether a mail that could not be sent never can be: its server refused it by a reply of 5xx (RFC 5321, 4.2.1). A refused
 * sign-in is such a reply too, and so is a server's that talks to nobody now; but those say nothing of this mail, and whoever
 * runs the server mends them.
 * @param error what sending threw, or says of one recipient
 */
export function isRefusedForGood(error: unknown): boolean {
  const { data } = refusal.safeParse(error)
  if (!data || !OF_THE_MAIL.includes(data.code)) return false
  return data.responseCode >= 500 && data.responseCode !== SIGN_IN_FIRST
}
