import { validationFailed } from '@/lib/base/errors'
import { DAY_MS } from '@/lib/base/time'
import { implement, serve } from '@/lib/kernel/rows/kit'
import { analyticsContract, MAX_POINTS } from '@/lib/resources/analytics/contract'
import { type Days, figuresByCampaign, figuresByDay } from '@/lib/resources/analytics/figures'

const { operations } = analyticsContract

const USUAL_DAYS = 30

const EMPTY = { sent: 0, failed: 0, unsubscribed: 0, enrollments: 0, conversions: 0, values: [] }

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)

const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** Every day, from the first to the last. @throws DomainError validation_failed where those are none, or too many */
function daysOf({ from, to }: Days): string[] {
  const count = (timeOf(to) - timeOf(from)) / DAY_MS + 1
  if (count < 1) throw validationFailed([{ path: 'from', message: 'No later than `to`.' }])
  if (count > MAX_POINTS) throw validationFailed([{ path: 'from', message: `At most ${MAX_POINTS} days to \`to\`.` }])
  return Array.from({ length: count }, (_, index) => dayOf(timeOf(from) + index * DAY_MS))
}

export const analyticsApi = serve(analyticsContract, [
  implement(operations.get, async (ctx, { query: { by, campaign_id = null, ...asked } }) => {
    const to = asked.to ?? dayOf(ctx.actor.authenticated_at.getTime())
    const span = { from: asked.from ?? dayOf(timeOf(to) - (USUAL_DAYS - 1) * DAY_MS), to }
    const days = daysOf(span)
    if (by === 'campaign') {
      const found = await figuresByCampaign(ctx, span, campaign_id)
      return { ...span, by, data: found.map(({ key, ...figures }) => ({ day: null, campaign_id: key, ...figures })) }
    }
    const found = new Map((await figuresByDay(ctx, span, campaign_id)).map(({ key, ...figures }) => [key, figures]))
    return { ...span, by, data: days.map((day) => ({ day, campaign_id, ...(found.get(day) ?? EMPTY) })) }
  }),
])
