import { randomBytes } from 'node:crypto'
import { DAY_MS, HOUR_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { uuidv7 } from '@/lib/kernel/rows/uuid'

const FIELDS = [
  { name: 'email', kind: 'email', label: 'Work email', required: true, help: null },
  { name: 'first_name', kind: 'text', label: 'First name', required: false, help: null },
  { name: 'company', kind: 'text', label: 'Company', required: false, help: null },
  {
    name: 'team_size',
    kind: 'select',
    label: 'How many are you?',
    required: false,
    help: null,
    choices: ['1–10', '11–50', 'More than 50'],
  },
  { name: 'notes', kind: 'long_text', label: 'What would you like to see?', required: false, help: null },
  {
    name: 'newsletter',
    kind: 'checkbox',
    label: 'Send me the newsletter',
    required: false,
    help: 'Once a month. You can leave it at any time.',
  },
]

const ASKED = [
  ['Ines', 'Litware Analytics', 'litware.example', '11–50', 'How you keep test data apart from ours.', true],
  ['Kofi', 'Lamna Robotics', 'lamna.example', '1–10', 'Webhooks: we want to hear of new leads at once.', true],
  ['Sofia', 'Blue Yonder Air', 'blueyonder.example', 'More than 50', 'Roles. Our auditors ask who may do what.', false],
  ['Wen', 'Adatum Energy', 'adatum.example', '11–50', 'The import of keys that we have already.', true],
] as const

const publicId = () => randomBytes(16).toString('base64url')

/** A form on the company's site that some have answered, and one that is closed; in the sandbox its twin, tried out once. */
export async function createDemoForms(db: Transaction, organization_id: string, now: Date): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  for (const environment of ['live', 'test'] as const) {
    const tenant = { organization_id, environment }
    const demo = { id: uuidv7(), ...tenant, name: 'Book a demo', fields: FIELDS, created_at: ago(40 * DAY_MS) }
    await db.form.createMany({
      data: [
        {
          ...demo,
          public_id: publicId(),
          title: 'See Acme at work',
          description: 'Half an hour with somebody who builds it. We write to you within a day.',
          button: 'Book a demo',
          thanks: 'Thank you. We write to you within a day.',
          origins: ['https://www.acme.example'],
        },
        {
          ...tenant,
          public_id: publicId(),
          name: 'Trade fair 2026',
          status: 'disabled' as const,
          fields: FIELDS.slice(0, 3),
          created_at: ago(120 * DAY_MS),
        },
      ],
    })
    const answered = ASKED.slice(0, environment === 'live' ? ASKED.length : 1).map((asked, index) => {
      const [first_name, company, domain, team_size, notes, newsletter] = asked
      const created_at = ago(index * 5 * DAY_MS + 3 * HOUR_MS)
      const email = `${first_name}@${domain}`.toLowerCase()
      const lead = { id: uuidv7(), email, first_name, company, notes }
      return { lead, own: { team_size, ...(newsletter && { newsletter }) }, created_at }
    })
    await db.lead.createMany({
      data: answered.map(({ lead, own, created_at }) => ({
        ...tenant,
        ...lead,
        source: demo.name,
        custom_fields: own,
        created_at,
        updated_at: created_at,
      })),
    })
    await db.formSubmission.createMany({
      data: answered.map(({ lead: { id, ...lead }, own, created_at }) => ({
        ...tenant,
        form_id: demo.id,
        lead_id: id,
        email: lead.email,
        answers: { ...lead, ...own },
        created_at,
      })),
    })
  }
}
