import { z } from 'zod'
import { email, id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { unsubscribeOperations, unsubscribeRows } from '@/lib/resources/campaigns/unsubscribes/contract'
import { queuedEmail } from '@/lib/work/sending/contract'
import { shownValues, variableValues } from '@/lib/work/templates/contract'

const status = r.choice(['draft', 'scheduled', 'sending', 'paused', 'finished', 'cancelled'])

const told = (description: string) => z.int().meta({ description })

const figures = r.named('CampaignFigures', {
  recipients: told(
    'Contacts who were on the list when it began. Whoever is deleted before their turn stays in this count alone.',
  ),
  sent: told('Mails that the mail server has taken; with a test key, that were made.'),
  failed: told('Mails that the mail server has refused for good, or that could not be written.'),
  excluded: told('Contacts who were left out by an exclusion.'),
  unsubscribed: told('Contacts who were left out, for they had unsubscribed.'),
  unsubscribes: told('Readers who have unsubscribed by a mail of this campaign.'),
})

const list = { table: 'contact_lists', one: 'contact list' } as const

export const campaignRows = r.defineRows({
  one: 'campaign',
  derived: true,
  fields: {
    id: r.idField(),
    name: r.required(r.line(200), { example: 'News of November' }),
    status: r.kept(status),
    template_id: {
      ...r.required(r.idKind(), { example: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c' }),
      reference: { table: 'templates', collection: '/templates', one: 'template', gone: 'refuse' },
    },
    template_version: r.shownAs(
      z.int().nullable().meta({ description: 'What it sends, from when it is scheduled or started.' }),
    ),
    contact_list_id: r.reference({ ...list, gone: 'clear' }, { description: 'Who gets it. Needed to begin.' }),
    from_email: r.optional(r.emailField(), {
      example: 'news@acme.test',
      description: 'One of the senders of the organisation; null: the first.',
    }),
    from_name: r.optional(r.line(100), { example: 'Acme', description: 'null: the name of the organisation.' }),
    reply_to: r.optional(r.emailField(), { example: 'hello@acme.test' }),
    variables: {
      ...r.initially({ input: variableValues, shown: shownValues }, [], {
        description: 'Values that are the same for every contact, before those that the contact has.',
      }),
      initial: {},
    },
    send_at: r.optional(r.moment(), {
      example: '2032-01-31T09:00:00Z',
      description: 'When it starts, once it is scheduled.',
    }),
    started_at: r.kept(r.perhaps(r.moment())),
    finished_at: r.kept(r.perhaps(r.moment())),
    figures: r.shownAs(figures),
    ...r.stamps(),
  },
  filters: {
    status: r.equal(status),
    contact_list_id: r.equal(r.idKind()),
    created_after: r.later('created_at'),
  },
  sorts: ['created_at', 'updated_at'],
  states: {
    field: 'status',
    moves: {
      schedule: {
        from: ['draft'],
        to: 'scheduled',
        activity: 'campaign.scheduled',
        after: 'The campaign, which starts by itself at `send_at`.',
      },
      unschedule: { from: ['scheduled'], to: 'draft', activity: 'campaign.unscheduled', after: 'The draft again.' },
      start: {
        from: ['draft', 'scheduled'],
        to: 'sending',
        stamp: 'started_at',
        activity: 'campaign.started',
        after: 'The campaign, which begins to send within seconds.',
      },
      pause: { from: ['sending'], to: 'paused', activity: 'campaign.paused', after: 'The paused campaign.' },
      resume: { from: ['paused'], to: 'sending', activity: 'campaign.resumed', after: 'The campaign, sending again.' },
      cancel: {
        from: ['scheduled', 'sending', 'paused'],
        to: 'cancelled',
        activity: 'campaign.cancelled',
        after: 'The cancelled campaign.',
      },
    },
  },
  activities: { ...r.lifeOf('campaign'), facts: { name: 'name' } },
})

const recipientStatus = r.choice(['pending', 'queued', 'sent', 'failed', 'excluded', 'unsubscribed'])

export const recipientRows = r.defineRows({
  one: 'recipient',
  schema: 'CampaignRecipient',
  table: 'campaign_recipients',
  at: '/campaigns/{id}/recipients',
  within: { column: 'campaign_id', table: 'campaigns', one: 'campaign' },
  fields: {
    id: r.shownAs(id().meta({ description: 'Id of the contact.' })),
    email: r.kept(r.emailField()),
    status: r.shownAs(
      recipientStatus.shown.meta({ description: '`pending`: no mail has been made. `queued`: it is on its way.' }),
    ),
    email_id: r.shownAs(id().nullable().meta({ description: 'The mail, if one was made.' })),
    reason: r.shownAs(z.string().nullable().meta({ description: 'Why there is none, or why it failed.' })),
  },
  filters: { status: r.equal(recipientStatus) },
})

const params = z.object({ id: id() })
const [read, write] = ['campaigns:read', 'campaigns:write']
const begins = { errors: ['wrong_state', 'email_not_configured'] } as const

export const campaignsContract = r.defineResource({
  name: 'campaigns',
  description:
    'A template on its way to a contact list: one mail for each contact, with a link to unsubscribe. Whoever is excluded or has unsubscribed by then gets none. Test keys go through all of it, and nothing is sent.',
  actions: {
    read: 'Read campaigns, their recipients and who has unsubscribed',
    write: 'Create, schedule, start, pause and cancel campaigns; record and remove unsubscribes',
  },
  activities: [
    {
      type: 'campaign.finished',
      details: { name: 'News of November', recipients: 120, sent: 116, failed: 1, excluded: 1, unsubscribed: 2 },
    },
  ],
  rows: [campaignRows, unsubscribeRows],
  operations: {
    list: r.listOf(campaignRows, read),
    create: r.createOf(campaignRows, write, 'The new campaign, a draft.'),
    get: r.getOf(campaignRows, read),
    update: {
      ...r.patchOf(campaignRows, write),
      description: 'Drafts only. A JSON merge patch (RFC 7396): what is absent stays, null clears.',
      errors: ['wrong_state'],
    },
    delete: {
      ...r.removeOf(campaignRows, write),
      description: 'One that has never started. What was sent stays on record: cancel it instead.',
      errors: ['wrong_state'],
    },
    schedule: {
      ...r.moveOf(campaignRows, 'schedule', write),
      ...begins,
      description: 'It starts at `send_at`, with the template as it is now, and with who is on the list then.',
    },
    unschedule: {
      ...r.moveOf(campaignRows, 'unschedule', write),
      summary: 'Make a draft of a scheduled campaign',
      before: 'schedule',
    },
    start: {
      ...r.moveOf(campaignRows, 'start', write),
      ...begins,
      description:
        'It goes to the contacts who are on the list now, with the template as it is now, or as it was when the campaign was scheduled. Of two calls at once one starts it. An empty list is done at once.',
    },
    pause: {
      ...r.moveOf(campaignRows, 'pause', write),
      description: 'No further mail begins to be sent. Those that the mail server is just being handed go out.',
      before: 'start',
    },
    resume: { ...r.moveOf(campaignRows, 'resume', write), before: 'pause' },
    cancel: {
      ...r.moveOf(campaignRows, 'cancel', write),
      description: 'For good: who has had no mail gets none.',
      before: 'schedule',
    },
    test: {
      method: 'post',
      path: '/campaigns/{id}/test',
      scope: write,
      summary: 'Send a test of a campaign',
      description:
        'One mail to one address, with the examples of the variables that the campaign has no value for. Its subject begins with [Test], and its link unsubscribes nobody.',
      params,
      body: z.strictObject({ to: email().meta({ example: 'ada@acme.test' }) }),
      errors: ['wrong_state', 'email_not_configured'],
      reply: { status: 202, schema: queuedEmail, description: 'The email is taken.' },
    },
    listRecipients: {
      ...r.listOf(recipientRows, read),
      summary: 'List the recipients of a campaign',
      description: 'Those whose contacts are still there, once it has begun.',
      params,
    },
    ...unsubscribeOperations,
  },
})
