import { implement, serve } from '@/lib/kernel/rows/kit'
import { dashboardContract } from '@/lib/resources/dashboard/contract'
import { figuresOf, readCounts } from '@/lib/resources/dashboard/figures'

/** The place of tickets without a team among the teams. */
const NO_TEAM = '00000000-0000-0000-0000-000000000000'

export const dashboardApi = serve(dashboardContract, [
  implement(dashboardContract.operations.get, async (ctx, { query: { days } }) => {
    const kept = await readCounts(ctx, days)
    const teams = await ctx.db.team.findMany({
      where: { organization_id: ctx.organization.id },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
    })
    return {
      days,
      ...figuresOf(kept, () => true),
      teams: [
        ...teams.map(({ id, name }) => ({ team_id: id, name, ...figuresOf(kept, (team) => team === id) })),
        { team_id: null, name: null, ...figuresOf(kept, (team) => team === NO_TEAM) },
      ],
    }
  }),
])
