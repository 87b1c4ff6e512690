import { DAY_MS, MINUTE_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { unsubscribeHeaders, unsubscribeUrl } from '@/lib/kernel/unsubscribes/link'
import { compileTemplate } from '@/lib/work/templates/compile'
import { fillTemplate } from '@/lib/work/templates/fill'

const FROM = { email: 'news@acme.test', name: 'Acme' }

/** Readers of the newsletter, by what became of the last one. */
const READERS = { sent: 112, failed: 3, excluded: 2, unsubscribed: 5 } as const

const FIRST = ['Amara', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hana', 'Ivo', 'Jonas', 'Kira', 'Luca']
const LAST = ['Abebe', 'Berg', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'Garcia', 'Haddad', 'Ito', 'Jansen', 'Kaya']

const TEMPLATE = {
  name: 'Monthly news',
  subject: 'What is new at Acme, {{ first_name }}',
  html: `<!doctype html>
<html lang="en">
  <head><meta name="viewport" content="width=device-width, initial-scale=1"></head>
  <body style="margin:0;background:#f4f4f6;font-family:Helvetica,Arial,sans-serif;color:#17171a">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 16px">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:12px">
        <tr><td style="padding:32px">
          <p style="margin:0 0 24px;font-weight:bold;color:#3d4fd1">Acme</p>
          <h1 style="margin:0 0 16px;font-size:26px;line-height:1.25">Good to see you, {{ first_name }}</h1>
          <p style="margin:0 0 16px;font-size:16px;line-height:1.6">Reports now open in half the time, and invoices can be paid in any currency. Here is what changed this month, and why.</p>
          <p style="margin:24px 0"><a href="https://acme.test/news" style="background:#3d4fd1;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:bold">Read the news</a></p>
          <p style="margin:32px 0 0;font-size:13px;line-height:1.5;color:#5c5c66">You get this because you use Acme. <a href="{{ unsubscribe_url }}" style="color:#5c5c66">Unsubscribe</a></p>
        </td></tr>
      </table>
    </td></tr></table>
  </body>
</html>`,
  text: `Good to see you, {{ first_name }}.

Reports now open in half the time, and invoices can be paid in any currency.
Read the news: https://acme.test/news

Unsubscribe: {{ unsubscribe_url }}`,
  variables: [{ name: 'first_name', description: null, example: 'Amara', default: 'there' }],
}

const STATUSES = ['sent', 'failed', 'excluded', 'unsubscribed'] as const

type Status = (typeof STATUSES)[number]

const REASONS: Record<Status, string | null> = {
  sent: null,
  failed: '550 5.1.1 No such mailbox here',
  excluded: 'Excluded by the rule for the domain rival.example.',
  unsubscribed: 'Unsubscribed before it was sent.',
}

/** A newsletter that went out last week, with its figures, and a draft of the next, in both environments. */
export async function createDemoNewsletter(db: Transaction, organization_id: string, now: Date): Promise<void> {
  for (const environment of ['live', 'test'] as const) {
    const tenant = { organization_id, environment }
    const { id: template_id } = await db.template.create({ data: { ...tenant, ...TEMPLATE } })
    const list = await db.contactList.create({
      data: { ...tenant, name: 'Newsletter', description: 'Everyone who asked for the news.' },
    })
    const readers = STATUSES.flatMap((status) =>
      Array.from({ length: environment === 'live' ? READERS[status] : Math.ceil(READERS[status] / 10) }, () => status),
    )
    const contacts = readers.map((status, n) => {
      const [first_name = '', last_name = ''] = [FIRST[n % FIRST.length], LAST[n % LAST.length]]
      const domain = status === 'excluded' ? 'rival.example' : 'readers.example'
      const email = `${first_name}.${last_name}@${domain}`.toLowerCase()
      return { id: uuidv7(), ...tenant, first_name, last_name, email, status }
    })
    await db.contact.createMany({ data: contacts.map(({ status, ...contact }) => contact) })
    await db.contactListMember.createMany({
      data: contacts.map(({ id }) => ({ ...tenant, list_id: list.id, contact_id: id })),
    })
    await db.exclusion.create({ data: { ...tenant, kind: 'domain', value: 'rival.example' } })
    await send(db, tenant, { template_id, contact_list_id: list.id, contacts }, new Date(now.getTime() - 7 * DAY_MS))
    await db.campaign.create({
      data: { ...tenant, name: 'News of December', template_id, contact_list_id: list.id },
    })
  }
}

type Tenant = { organization_id: string; environment: 'live' | 'test' }
type Reader = { id: string; email: string; first_name: string; status: Status }
type Sending = { template_id: string; contact_list_id: string; contacts: Reader[] }

async function send(db: Transaction, tenant: Tenant, { contacts, ...to }: Sending, at: Date): Promise<void> {
  const finished_at = new Date(at.getTime() + 2 * MINUTE_MS)
  const { id: campaign_id } = await db.campaign.create({
    data: {
      ...tenant,
      ...to,
      name: 'News of November',
      status: 'finished',
      template_version: 1,
      created_at: at,
      started_at: at,
      finished_at,
    },
  })
  const count = (status: Status) => contacts.filter((contact) => contact.status === status).length
  await db.campaignProgress.create({
    data: {
      ...tenant,
      campaign_id,
      open: false,
      gathered_at: at,
      recipients: contacts.length,
      sent: count('sent'),
      failed: count('failed'),
      excluded: count('excluded'),
      unsubscribed: count('unsubscribed'),
    },
  })
  const mails = contacts.flatMap((contact) =>
    contact.status === 'sent' || contact.status === 'failed' ? [{ ...contact, email_id: uuidv7() }] : [],
  )
  const template = compileTemplate(TEMPLATE)
  await db.email.createMany({
    data: mails.map(({ email_id, email, first_name, status }) => {
      const link = unsubscribeUrl(email_id)
      return {
        id: email_id,
        ...tenant,
        campaign_id,
        unsubscribable: true,
        from: FROM,
        to: [{ email, name: null }],
        ...fillTemplate(template, { first_name }, link),
        headers: unsubscribeHeaders(link),
        created_at: at,
        ...endOf(tenant.environment, status, email, finished_at),
      }
    }),
  })
  const emailOf = new Map(mails.map(({ id, email_id }) => [id, email_id]))
  await db.campaignRecipient.createMany({
    data: contacts.map(({ id, status }) => ({
      ...tenant,
      campaign_id,
      contact_id: id,
      status,
      email_id: emailOf.get(id) ?? null,
      reason: REASONS[status],
    })),
  })
  const unsubscribed = contacts.filter(({ status }) => status === 'unsubscribed')
  const since = mails.filter(({ status }) => status === 'sent').slice(0, 2)
  await db.unsubscribe.createMany({
    data: [
      ...unsubscribed.map(({ email }) => ({ ...tenant, email, source: 'page' as const, created_at: at })),
      ...since.map(({ email }) => ({
        ...tenant,
        email,
        campaign_id,
        source: 'one_click' as const,
        created_at: new Date(at.getTime() + DAY_MS),
      })),
    ],
  })
}

/** How a mail ended; in the sandbox none was sent. */
function endOf(environment: Tenant['environment'], status: Status, email: string, at: Date) {
  if (environment === 'test') return { status: 'mock' as const }
  if (status === 'failed') return { status: 'failed' as const, rejected: [email], answer: REASONS.failed }
  return { status: 'sent' as const, sent_at: at, accepted: [email], answer: '250 2.0.0 Ok: queued' }
}
