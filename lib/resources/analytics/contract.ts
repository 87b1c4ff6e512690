import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

export const MAX_POINTS = 400

const count = (description: string) => z.int().meta({ description })

const point = r.named('AnalyticsPoint', {
  day: z.iso
    .date()
    .nullable()
    .meta({ example: '2027-01-31', description: 'Of UTC; null where each point is a campaign.' }),
  campaign_id: id()
    .nullable()
    .meta({ description: 'Null where the point is of all campaigns, and of what belongs to none.' }),
  sent: count('Emails that a mail server has taken; with test keys those that would have been sent.'),
  failed: count('Emails that came to nobody.'),
  unsubscribed: count('Who has left the mailings.'),
  enrollments: count('Contacts who were enrolled in sequences and flows; none belongs to a campaign.'),
  conversions: count('By the day on which they occurred, with those that have no value.'),
  values: z
    .array(
      r.named('ConversionValue', {
        currency: z.string(),
        conversions: z.int(),
        amount: z.number().meta({ description: 'In the smallest unit of the currency.' }),
      }),
    )
    .meta({ description: 'What the conversions were worth, by currency.' }),
})

const analytics = r.named('Analytics', {
  from: z.iso.date().meta({ example: '2027-01-02' }),
  to: z.iso.date().meta({ example: '2027-01-31' }),
  by: z.enum(['day', 'campaign']),
  data: z.array(point),
})

const day = (description: string) =>
  z.iso
    .date('A day, like 2027-01-31.')
    .refine((value) => value >= '1970-01-01', 'A day from 1970 on.')
    .optional()
    .meta({ description })

export const analyticsContract = r.defineResource({
  name: 'analytics',
  description: 'What has become of your mails, and what they led to, by day or by campaign.',
  actions: { read: 'Read the figures of mails, enrollments and conversions' },
  operations: {
    get: {
      method: 'get',
      path: '/analytics',
      scope: 'analytics:read',
      summary: 'Get the figures of your mails',
      description: `Counted as it happens, in days of UTC. \`by=day\` gives a point for each day from \`from\` to \`to\`, also where nothing happened: up to ${MAX_POINTS} days. \`by=campaign\` gives one for each campaign of which something happened in that time, those that sent most first, up to ${MAX_POINTS} of them. A campaign that was deleted counts in the figures of days alone.`,
      query: z.strictObject({
        from: day('The first day; 29 days before `to` where it is absent.'),
        to: day('The last day; today where it is absent.'),
        by: z.enum(['day', 'campaign']).default('day'),
        campaign_id: id().optional().meta({ description: 'The figures of one campaign.' }),
      }),
      reply: { status: 200, schema: analytics, description: 'The figures.' },
    },
  },
})
