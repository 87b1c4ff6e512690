import { implement, serve, withDatabase } from '@/lib/kernel/rows/kit'
import { getMember } from '@/lib/people/members/get'
import { createTeam } from '@/lib/people/teams/create'
import { getTeam } from '@/lib/people/teams/get'
import { listTeams } from '@/lib/people/teams/list'
import { listTeamMembers } from '@/lib/people/teams/list-members'
import { removeTeam } from '@/lib/people/teams/remove'
import { updateTeam } from '@/lib/people/teams/update'
import { teamsContract } from '@/lib/resources/teams/contract'

const { operations } = teamsContract

/** The verbs of the settings pages. */
export const teamsApi = serve(teamsContract, [
  implement(operations.list, (ctx, { query }) => listTeams(ctx, query)),
  implement(
    operations.create,
    withDatabase((ctx, { body }) => createTeam(ctx, body)),
  ),
  implement(operations.get, (ctx, { params }) => getTeam(ctx, params)),
  implement(
    operations.update,
    withDatabase((ctx, { params, body }) =>
      updateTeam(ctx, { ...params, changes: body, versions: ctx.request.if_match }),
    ),
  ),
  implement(
    operations.delete,
    withDatabase((ctx, { params }) => removeTeam(ctx, { ...params, versions: ctx.request.if_match })),
  ),
  implement(operations.listMembers, (ctx, { params, query }) => listTeamMembers(ctx, { ...params, ...query })),
  implement(
    operations.addMember,
    withDatabase((ctx, { params: { id, user_id } }) => updateTeam(ctx, { id, add: [user_id] })),
  ),
  // One who is not on it is left off it; one who is no member of the organisation is none.
  implement(
    operations.removeMember,
    withDatabase(async (ctx, { params: { id, user_id } }) => {
      await getMember(ctx, { id: user_id })
      await updateTeam(ctx, { id, remove: [user_id] })
      return undefined
    }),
  ),
])
