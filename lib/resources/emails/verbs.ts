import { validationFailed } from '@/lib/base/errors'
import { excludedBy, findExclusions } from '@/lib/kernel/exclusions/find'
import { requireMailServer } from '@/lib/kernel/mail/send'
import {
  get,
  implement,
  inOneTransaction,
  own,
  paged,
  serve,
  sql,
  type TransactionContext,
  table,
} from '@/lib/kernel/rows/kit'
import { emailRows, emailSummaryRows, emailsContract } from '@/lib/resources/emails/contract'
import type { EmailInput, WrittenEmail } from '@/lib/work/sending/contract'
import { queueEmails } from '@/lib/work/sending/queue-emails'
import { compileTemplate, type TemplateContent } from '@/lib/work/templates/compile'
import { fillTemplate } from '@/lib/work/templates/fill'

const { operations } = emailsContract
const summaries = table(emailSummaryRows)
const emails = table(emailRows)

/** @throws DomainError validation_failed */
async function requireSender({ db, organization }: TransactionContext, { from }: EmailInput) {
  const { email_senders } = await db.organization.findUniqueOrThrow({
    where: { id: organization.id },
    select: { email_senders: true },
  })
  if (email_senders.includes(from.email)) return
  const message = `${from.email} is not a sender of this organisation. Whoever runs the platform adds senders.`
  throw validationFailed([{ path: 'from.email', message }])
}

/** @throws DomainError validation_failed, which names each excluded recipient */
async function requireNobodyExcluded({ db, tenant }: TransactionContext, { to, cc = [], bcc = [] }: EmailInput) {
  const named = Object.entries({ to, cc, bcc }).flatMap(([field, list]) =>
    list.map(({ email }, index) => ({ path: `${field}.${index}.email`, email })),
  )
  const rules = await findExclusions(
    db,
    tenant,
    named.map(({ email }) => email),
  )
  const errors = named.flatMap(({ path, email }) => {
    const rule = rules.get(email)
    return rule ? [{ path, message: excludedBy(rule, email) }] : []
  })
  if (errors.length > 0) throw validationFailed(errors)
}

/**
 * What the email says: what it was given, or what its template makes of its variables.
 * @throws DomainError validation_failed
 */
async function write(ctx: TransactionContext, { template_id, variables = {}, subject = '', ...email }: EmailInput) {
  if (template_id === undefined) return { ...email, subject } satisfies WrittenEmail
  const [template] = await own<TemplateContent>(
    ctx,
    (mine) => sql`
      SELECT t.subject, t.html, t.text, t.variables FROM templates t WHERE ${mine('t')} AND t.id = ${template_id}::uuid`,
  )
  if (!template) throw validationFailed([{ path: 'template_id', message: 'There is no such template.' }])
  return { ...email, ...fillTemplate(compileTemplate(template), variables) } satisfies WrittenEmail
}

export const emailsApi = serve(emailsContract, [
  implement(
    operations.send,
    inOneTransaction(async (ctx, { body }) => {
      await requireSender(ctx, body)
      await requireNobodyExcluded(ctx, body)
      if (ctx.tenant.environment === 'live') requireMailServer()
      const [queued] = await queueEmails(ctx, [await write(ctx, body)])
      if (!queued) throw new Error('An email was not made.')
      return queued
    }),
  ),
  implement(operations.list, (ctx, { query }) => paged(ctx, summaries, query)),
  implement(operations.get, (ctx, { params }) => get(ctx, emails, params)),
])
