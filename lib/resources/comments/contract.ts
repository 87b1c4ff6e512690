import * as r from '@/lib/contracts/rows/kit'

const author = r.choice(['member', 'customer', 'integration'])
const visibility = r.choice(['public', 'internal'])

const whose = {
  ...author,
  shown: author.shown.meta({ description: 'Whose words it is: the customer’s where one is named, else the member’s.' }),
}

export const commentRows = r.defineRows({
  one: 'comment',
  fields: {
    id: r.idField(),
    ticket_id: {
      ...r.fixed(r.required(r.idKind(), { example: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c' })),
      reference: { collection: '/tickets', table: 'tickets', one: 'ticket', gone: 'cascade' },
    },
    author: r.kept(whose),
    visibility: r.fixed(r.initially(visibility, 'public', { description: '`internal`: for members only.' })),
    body: r.required(r.prose(20_000), { example: 'The second charge is on its way back to you.' }),
    member_id: {
      ...r.fixed(r.optional(r.idKind(), { description: 'The member who wrote it, or took it down, by user id.' })),
      reference: {
        table: 'memberships',
        column: 'user_id',
        collection: '/users',
        shared: true,
        one: 'member',
        gone: 'clear',
      },
    },
    customer_id: {
      ...r.fixed(r.optional(r.idKind(), { description: 'The contact whose words it is.' })),
      reference: { collection: '/contacts', table: 'contacts', one: 'contact', gone: 'clear' },
    },
    ...r.stamps(),
  },
  filters: {
    ticket_id: r.equal(r.idKind()),
    member_id: r.equal(r.idKind()),
    customer_id: r.equal(r.idKind()),
    visibility: r.equal(visibility),
    created_after: r.later('created_at'),
    updated_after: r.later('updated_at', {
      description: 'Changed later than this instant: what another system lacks.',
    }),
  },
  sorts: ['created_at', 'updated_at'],
  activities: {
    subject: 'comment',
    contact: 'customer_id',
    create: 'comment.created',
    change: 'comment.updated',
    facts: { ticket_id: 'ticket_id', author: 'author', visibility: 'visibility' },
  },
})

export const commentsContract = r.defineResource({
  name: 'comments',
  presets: ['support-read'],
  description:
    'What is said on tickets: in public, between customers and members, or internally. A comment is never deleted apart from its ticket.',
  actions: { read: 'Read comments, internal ones too', write: 'Comment on tickets, and correct comments' },
  rows: [commentRows],
  operations: {
    list: r.listOf(commentRows, 'comments:read'),
    create: {
      ...r.createOf(commentRows, 'comments:write'),
      summary: 'Comment on a ticket',
      description:
        'A comment of a customer is public, and opens a ticket that is pending or solved again. The first public one of a member is the first reply. A closed ticket takes none.',
      errors: ['wrong_state'],
    },
    get: r.getOf(commentRows, 'comments:read'),
    update: {
      ...r.patchOf(commentRows, 'comments:write'),
      summary: 'Correct a comment',
      description: 'A JSON merge patch (RFC 7396) of the body, in any state of the ticket.',
    },
  },
})
