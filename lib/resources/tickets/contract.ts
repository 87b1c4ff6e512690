import { z } from 'zod'
import * as r from '@/lib/contracts/rows/kit'

const status = r.choice(['new', 'open', 'pending', 'solved', 'closed'])
const priority = r.choice(['low', 'normal', 'high', 'urgent'])

const said = (description: string) => ({ ...r.moment(), shown: r.moment().shown.meta({ description }) })

export const ticketRows = r.defineRows({
  one: 'ticket',
  fields: {
    id: r.idField(),
    number: r.kept(r.count('Counted in the organisation and its environment, from 1. It stays.')),
    subject: r.required(r.line(200), { example: 'The invoice of May is wrong' }),
    description: r.optional(r.prose(20_000), { example: 'We were charged twice for the same seat.' }),
    status: r.kept(status),
    priority: r.initially(priority, 'normal', { example: 'high' }),
    tags: r.initially(r.tags(20), [], { example: ['invoices'] }),
    customer_id: r.reference(
      { table: 'contacts', one: 'contact', gone: 'clear' },
      { description: 'The contact who asks. Contacts with tickets are the customers.' },
    ),
    team_id: r.reference({ table: 'teams', shared: true, one: 'team', gone: 'clear' }),
    assignee_id: r.reference(
      { table: 'memberships', column: 'user_id', collection: '/users', shared: true, one: 'member', gone: 'clear' },
      { description: 'A member of the organisation, by user id.' },
    ),
    first_replied_at: r.kept(r.perhaps(said('When a member first wrote a public comment.'))),
    last_contact_at: r.kept(said('When it was created, or somebody last wrote a public comment.')),
    solved_at: r.kept(r.perhaps(said('When it was solved; null again when it is reopened.'))),
    closed_at: r.kept(r.perhaps(r.moment())),
    ...r.stamps(),
  },
  filters: {
    status: r.equal(status),
    priority: r.equal(priority),
    customer_id: r.equal(r.idKind()),
    team_id: r.equal(r.idKind()),
    assignee_id: r.equal(r.idKind()),
    tag: r.ownFilter(r.tag().optional().meta({ description: 'One of its tags.' })),
    number: r.only({
      input: z
        .string()
        .regex(/^\d{1,9}$/, 'A whole number.')
        .transform(Number)
        .meta({ type: 'integer', minimum: 0, maximum: 999_999_999 }),
    }),
    created_after: r.later('created_at'),
    updated_after: r.later('updated_at', {
      description: 'Changed later than this instant: what another system lacks.',
    }),
  },
  sorts: ['created_at', 'updated_at', 'number'],
  states: {
    field: 'status',
    moves: {
      open: { from: ['new', 'pending'], to: 'open', activity: 'ticket.opened', after: 'The open ticket.' },
      wait: {
        from: ['new', 'open'],
        to: 'pending',
        activity: 'ticket.waiting',
        after: 'The ticket, waiting for its customer.',
      },
      solve: {
        from: ['new', 'open', 'pending'],
        to: 'solved',
        stamp: 'solved_at',
        activity: 'ticket.solved',
        after: 'The solved ticket.',
      },
      close: {
        from: ['solved'],
        to: 'closed',
        stamp: 'closed_at',
        activity: 'ticket.closed',
        after: 'The closed ticket.',
      },
      reopen: {
        from: ['solved'],
        to: 'open',
        unstamp: 'solved_at',
        activity: 'ticket.reopened',
        after: 'The ticket, open again.',
      },
    },
  },
  activities: { ...r.lifeOf('ticket'), contact: 'customer_id', facts: { number: 'number' } },
})

const write = 'tickets:write'

export const ticketsContract = r.defineResource({
  name: 'tickets',
  presets: ['support-read'],
  description:
    'What customers ask. A new ticket is opened, waits for its customer (pending), is solved, and then closed for good. A comment of the customer opens one that is pending or solved again.',
  actions: {
    read: 'Read tickets',
    write: 'Create and update tickets, and lead them from state to state',
    delete: 'Delete tickets with their comments',
  },
  rows: [ticketRows],
  operations: {
    list: r.listOf(ticketRows, 'tickets:read'),
    create: r.createOf(ticketRows, write, 'The new ticket, with its number.'),
    get: r.getOf(ticketRows, 'tickets:read'),
    update: { ...r.patchOf(ticketRows, write), errors: ['wrong_state'] },
    delete: { ...r.removeOf(ticketRows, 'tickets:delete'), description: 'Its comments go with it, in any state.' },
    open: r.moveOf(ticketRows, 'open', write),
    wait: { ...r.moveOf(ticketRows, 'wait', write), summary: 'Let a ticket wait for its customer' },
    solve: r.moveOf(ticketRows, 'solve', write),
    close: {
      ...r.moveOf(ticketRows, 'close', write),
      description: 'For good: a closed ticket is neither changed nor commented on.',
      before: 'solve',
    },
    reopen: { ...r.moveOf(ticketRows, 'reopen', write), summary: 'Reopen a solved ticket', before: 'solve' },
  },
})
