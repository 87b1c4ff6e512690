import { DAY_MS, HOUR_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { uuidv7 } from '@/lib/kernel/rows/uuid'

/** Whom the demo's emails are from. */
export const DEMO_SENDERS = ['news@acme.test']

const FROM = { email: 'news@acme.test', name: 'Acme' }

const PEOPLE = [
  ['Nia', 'Okafor'],
  ['Tomas', 'Lindqvist'],
  ['Mei', 'Tanaka'],
  ['Paulo', 'Ferreira'],
  ['Zofia', 'Nowak'],
] as const

const person = ([first_name, last_name]: (typeof PEOPLE)[number]) => ({
  first_name,
  last_name,
  email: `${first_name}.${last_name}@customers.example`.toLowerCase(),
})

const HELLO = { subject: 'Your trial has begun', text: 'Good to have you here. Reply to this mail if you need a hand.' }
const INVOICE = { subject: 'Your invoice for November', text: 'It is attached.', tags: ['invoices'] }

/**
 * What an integration has sent so far: welcome mails that arrived, one to an address that is no more, this month's
 * invoice to two; and in the sandbox, where its developers try a sequence out, mails that went nowhere.
 */
export async function createDemoOutreach(db: Transaction, organization_id: string, now: Date): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  for (const environment of ['live', 'test'] as const) {
    const tenant = { organization_id, environment }
    const contacts = PEOPLE.map((one) => ({ id: uuidv7(), ...tenant, ...person(one), company: 'Customers Ltd' }))
    await db.contact.createMany({ data: contacts })
    const emails = contacts.map(({ email, first_name, last_name }, index) => {
      const gone = environment === 'live' && index === 3
      const sent = ago((index + 2) * DAY_MS + index * HOUR_MS)
      const ended =
        environment === 'test'
          ? { status: 'mock' as const }
          : gone
            ? { status: 'failed' as const, rejected: [email], answer: '550 5.1.1 No such mailbox here' }
            : { status: 'sent' as const, sent_at: sent, accepted: [email], answer: '250 2.0.0 Ok: queued' }
      return {
        ...tenant,
        from: FROM,
        to: [{ email, name: `${first_name} ${last_name}` }],
        ...(index === 1 ? INVOICE : HELLO),
        created_at: sent,
        ...ended,
      }
    })
    await db.email.createMany({ data: emails })
    if (environment === 'test') await enrollSome(db, { organization_id, environment }, contacts)
  }
}

/** On their way: some wait for the task of a person, in days. */
async function enrollSome(
  db: Transaction,
  tenant: { organization_id: string; environment: 'test' },
  contacts: { id: string }[],
): Promise<void> {
  const sequence = await db.sequence.create({
    data: { ...tenant, name: 'Welcome', description: 'For those whose trial begins.' },
  })
  const steps = [
    { kind: 'email', subject: HELLO.subject, body: HELLO.text },
    { kind: 'wait', hours: 72 },
    { kind: 'task', title: 'Ask how the trial goes' },
  ] as const
  await db.step.createMany({
    data: steps.map((step, index) => ({ ...step, ...tenant, sequence_id: sequence.id, position: index + 1 })),
  })
  await db.enrollment.createMany({
    data: contacts.map(({ id }) => ({ ...tenant, sequence_id: sequence.id, contact_id: id })),
  })
}
