import { z } from 'zod'
import { httpsUrl, siteOrigin } from '@/lib/contracts/https-url'
import * as r from '@/lib/contracts/rows/kit'
import { formFields } from '@/lib/resources/forms/fields/contract'
import { submissionOperations, submissionRows } from '@/lib/resources/forms/submissions/contract'

const MAX_ORIGINS = 20

const status = r.choice(['enabled', 'disabled'])

const url = { input: httpsUrl(), shown: z.string() }

const origins = {
  input: z
    .array(siteOrigin())
    .max(MAX_ORIGINS, `At most ${MAX_ORIGINS} origins.`)
    .refine((all) => new Set(all).size === all.length, 'Each origin once.'),
  shown: z.array(z.string()),
}

const moved = (to: string) => ({ to, activity: 'form.updated' as const, data: { fields: ['status'], status: to } })

export const formRows = r.defineRows({
  one: 'form',
  fields: {
    id: r.idField(),
    public_id: r.shownAs(z.string().meta({ description: 'The page of the form is at `/f/{public_id}`.' })),
    name: r.required(r.line(100), { example: 'Newsletter', description: 'For you, and the `source` of its leads.' }),
    title: r.optional(r.line(200), { example: 'Stay up to date', description: 'The heading; else it is the name.' }),
    description: r.optional(r.prose(2_000), { example: 'One mail a month, and no more.' }),
    status: r.kept(status),
    fields: r.required(
      { input: formFields, shown: formFields },
      {
        example: [
          { name: 'email', kind: 'email', label: 'Your email', required: true },
          { name: 'company', kind: 'text', label: 'Company' },
          { name: 'newsletter', kind: 'checkbox', label: 'Send me the newsletter' },
        ],
      },
    ),
    button: r.optional(r.line(50), { example: 'Sign up', description: 'What the button says; else “Send”.' }),
    thanks: r.optional(r.prose(500), { example: 'Thank you. The next one comes on the first of the month.' }),
    redirect_url: r.optional(url, {
      example: 'https://example.com/thanks',
      description: 'Where people are led in the place of our own page of thanks; https only.',
    }),
    origins: r.initially(origins, [], {
      example: ['https://www.example.com'],
      description: 'Sites whose own pages may send answers. Without any, only our page does.',
    }),
    ...r.stamps(),
  },
  filters: { status: r.equal(status), created_after: r.later('created_at') },
  sorts: ['created_at', 'name'],
  states: {
    field: 'status',
    moves: {
      enable: { from: ['disabled'], ...moved('enabled'), after: 'The form, open again.' },
      disable: { from: ['enabled'], ...moved('disabled'), after: 'The form, which is closed.' },
    },
  },
  activities: { ...r.lifeOf('form'), facts: { name: 'name' } },
})

const ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

export const formsContract = r.defineResource({
  name: 'forms',
  description:
    'Questions that anybody may answer at `/f/{public_id}`, on a page that works everywhere, or from pages of your own. Each submission makes a lead.',
  actions: { read: 'Read forms and what was answered', write: 'Create, update and delete forms; submit answers' },
  activities: [
    {
      type: 'form.submitted',
      contact: true,
      details: {
        submission_id: ID,
        lead_id: ID,
      },
    },
  ],
  rows: [formRows, submissionRows],
  operations: {
    list: r.listOf(formRows, 'forms:read'),
    create: r.createOf(formRows, 'forms:write', 'The new form; it is open.'),
    get: r.getOf(formRows, 'forms:read'),
    update: {
      ...r.patchOf(formRows, 'forms:write'),
      description:
        'A JSON merge patch (RFC 7396): what is absent stays, null clears. `fields` replaces all fields; what was answered before stays as it is.',
    },
    delete: { ...r.removeOf(formRows, 'forms:write'), description: 'What was answered goes with it; the leads stay.' },
    enable: { ...r.moveOf(formRows, 'enable', 'forms:write'), summary: 'Open a disabled form', before: 'disable' },
    disable: {
      ...r.moveOf(formRows, 'disable', 'forms:write'),
      summary: 'Close a form',
      description: 'Its page says so, and takes no answers.',
    },
    ...submissionOperations,
  },
})
