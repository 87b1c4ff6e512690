import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { type Database, inTransaction } from '@/lib/kernel/db/transaction'
import { type Mail, requireMailServer } from '@/lib/kernel/mail/send'
import { sendBehind } from '@/lib/kernel/mail/send-behind'
import type { RequestResetInput } from '@/lib/people/password-resets/contract'
import { insertReset } from '@/lib/people/password-resets/insert'
import { countResetRequest } from '@/lib/people/sign-in/attempts'

type Context = { db: Database; origin: Origin }

/**
 * Mails a link for a new password to the person with this address. Whether there is one, neither the reply nor its time
 * tells: looking, too, happens behind it. Nobody knows who asks; the platform's log tells from where.
 * @throws DomainError rate_limited, email_not_configured
 */
export async function requestReset(context: Context, { email }: RequestResetInput): Promise<void> {
  requireMailServer()
  await countResetRequest(email, context.origin.address)
  sendBehind(() => writeMail(context, email))
}

async function writeMail(context: Context, email: string): Promise<Mail | null> {
  const user = await context.db.user.findUnique({ where: { email }, select: { id: true, email: true, name: true } })
  if (!user) return null
  const { link } = await inTransaction(context, async (ctx) => {
    const target = { id: user.id, label: user.email }
    await recordAudit(
      { ...ctx, actor: { kind: 'stranger' }, organization: null },
      { action: 'user.password_reset_mailed', target },
    )
    return insertReset(ctx.db, { user_id: user.id, mailed: true })
  })
  return { to: user.email, subject: 'Set a new password for Latchkey', text: textOf(user.name, link) }
}

const textOf = (name: string, link: string) => `Hello ${name},

somebody, probably you, asked for a new password for Latchkey. Set it here, within 30 minutes:

${link}

The link works once. Setting a new password ends every session that you have.

If you did not ask for it, do nothing: your password stays as it is.
`
