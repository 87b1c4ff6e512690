import * as r from '@/lib/contracts/rows/kit'

const source = r.choice(['one_click', 'page', 'api'])

export const unsubscribeRows = r.defineRows({
  one: 'unsubscribe',
  a: 'an unsubscribe',
  fields: {
    id: r.idField(),
    email: r.fixed(r.required(r.emailField(), { example: 'ada@example.com' })),
    campaign_id: r.fixed(
      r.reference(
        { table: 'campaigns', one: 'campaign', gone: 'clear' },
        { description: 'The campaign whose mail it was, where it was one.' },
      ),
    ),
    source: r.shownAs(
      source.shown.meta({
        description:
          '`one_click`: by a button of their mail program. `page`: by the link in the mail. `api`: by a call.',
      }),
    ),
    created_at: r.kept(r.moment()),
  },
  filters: {
    email: r.equal(r.emailField()),
    campaign_id: r.equal(r.idKind()),
    created_after: r.later('created_at'),
  },
  sorts: ['created_at'],
  unique: [{ columns: ['email'], told: 'This email has unsubscribed already.' }],
  activities: {
    subject: 'unsubscribe',
    create: 'contact.unsubscribed',
    remove: 'contact.resubscribed',
    facts: { email: 'email', source: 'source', campaign_id: 'campaign_id' },
  },
})

const [read, write] = ['campaigns:read', 'campaigns:write']

export const unsubscribeOperations = {
  listUnsubscribes: {
    ...r.listOf(unsubscribeRows, read),
    description: 'Who gets no mail of campaigns and flows. Single emails still reach them.',
  },
  createUnsubscribe: {
    ...r.createOf(unsubscribeRows, write),
    summary: 'Record an unsubscribe',
    description: 'For somebody who asked for it in another way. It holds by the address, also when the contact goes.',
  },
  getUnsubscribe: r.getOf(unsubscribeRows, read),
  deleteUnsubscribe: {
    ...r.removeOf(unsubscribeRows, write),
    summary: 'Remove an unsubscribe',
    description: 'Only when they have asked for your mails again.',
  },
} as const satisfies Record<string, r.Operation>
