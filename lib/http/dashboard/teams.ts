import { z } from 'zod'
import { pageOf, pageQuery } from '@/lib/contracts/page'
import { route } from '@/lib/http/dashboard/route'
import { createTeamInput, peopleOfTeam, teamRows, updateTeamInput } from '@/lib/people/teams/contract'
import { createTeam } from '@/lib/people/teams/create'
import { listTeams } from '@/lib/people/teams/list'
import { listPeopleOfTeam } from '@/lib/people/teams/list-members'
import { removeTeam } from '@/lib/people/teams/remove'
import { updateTeam } from '@/lib/people/teams/update'

const TEAMS = '/orgs/:org/teams'
const TEAM = '/orgs/:org/teams/:id'
const names = 'team'
const row = teamRows.row

/** `/orgs/:org/teams`: which teams there are, and who is on them. A team opens nothing, so nothing about it widens. */
export const teamRoutes = [
  route(
    {
      method: 'get',
      path: TEAMS,
      role: 'see_people',
      query: z.strictObject(pageQuery),
      reply: { status: 200, schema: pageOf(row) },
    },
    (ctx, { query }) => listTeams(ctx, { ...query, sort: [{ field: 'name', direction: 'asc' }] }),
  ),
  route(
    {
      method: 'post',
      path: TEAMS,
      role: 'manage_people',
      proof: 'never',
      body: createTeamInput,
      reply: { status: 201, schema: row },
    },
    (ctx, { body }) => createTeam(ctx, body),
  ),
  route(
    {
      method: 'patch',
      path: TEAM,
      role: 'manage_people',
      proof: 'never',
      names,
      body: updateTeamInput,
      reply: { status: 200, schema: row },
    },
    (ctx, { params: { id }, body: { add, remove, ...changes } }) => updateTeam(ctx, { id, changes, add, remove }),
  ),
  route(
    {
      method: 'delete',
      path: TEAM,
      role: 'manage_people',
      proof: 'never',
      names,
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id } }) => removeTeam(ctx, { id }),
  ),
  route(
    {
      method: 'get',
      path: `${TEAM}/people`,
      role: 'see_people',
      names,
      reply: { status: 200, schema: peopleOfTeam },
    },
    (ctx, { params: { id } }) => listPeopleOfTeam(ctx, { id }),
  ),
]
