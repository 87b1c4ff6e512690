import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

const seconds = (which: string) =>
  z
    .int()
    .nullable()
    .meta({ description: `In seconds, ${which}, within 9.1 % of the exact figure; null where there is none.` })

const times = r.named('TicketTimes', {
  tickets: z.int().meta({ description: 'How many the figures are of.' }),
  median: seconds('of which half took as long or less'),
  p90: seconds('as long as nine of ten took at most'),
})

const figures = {
  open: z.int().meta({ description: 'New and open now: they wait for us.' }),
  waiting: z.int().meta({ description: 'Pending now: they wait for their customers.' }),
  first_reply: times.meta({ description: 'From the creation to the first public comment of a member.' }),
  resolution: times.meta({ description: 'From the creation to the solution; of a reopened ticket to the last one.' }),
}

const dashboard = r.named('SupportDashboard', {
  days: z.int().meta({ description: 'The days that the times are of.', example: 30 }),
  ...figures,
  teams: z
    .array(
      r.named('TeamFigures', {
        team_id: id().nullable().meta({ description: 'Null: tickets without a team.' }),
        name: z.string().nullable(),
        ...figures,
      }),
    )
    .meta({
      description: 'Every team, by name, and last what has none. A ticket counts for the team that it has now.',
    }),
})

export const dashboardContract = r.defineResource({
  name: 'dashboard',
  presets: ['support-read'],
  description: 'How the support desk does, as a whole and by team.',
  actions: { read: 'Read the figures of the support desk' },
  operations: {
    get: {
      method: 'get',
      path: '/dashboard',
      scope: 'dashboard:read',
      summary: 'Get the figures of the support desk',
      description:
        'What is open and waiting is counted as it is now. Times are those of first replies and solutions in the last `days` days of UTC, today among them, and counted in steps, four for each doubling from one minute to 108 days: a time that is told is within 9.1 % of the exact one. What took less than a minute is told as 30 seconds, what took longer than 108 days as 99 days.',
      query: z.strictObject({
        days: z
          .enum(['7', '30', '90'])
          .default('30')
          .transform((days) => Number(days))
          .meta({ type: 'integer', enum: [7, 30, 90], default: 30, example: 30 }),
      }),
      reply: { status: 200, schema: dashboard, description: 'The figures.' },
    },
  },
})
