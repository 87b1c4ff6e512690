import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { teamMemberRows, teamRows } from '@/lib/people/teams/contract'

const params = z.object({ id: id() })
const administered = { scope: 'admin', errors: ['role_forbids'] } as const
const ofMember = {
  ...administered,
  path: `${teamMemberRows.at}/{user_id}`,
  params: z.object({ id: id(), user_id: id() }),
  references: { user_id: '/users' },
} as const

export const teamsContract = r.defineResource({
  name: 'teams',
  presets: ['support-read'],
  administration: true,
  description:
    'Members of the organisation who work on tickets together, the same for live and test keys. Only live keys change them.',
  actions: { read: 'Read teams and who is on them' },
  rows: [teamRows],
  operations: {
    list: r.listOf(teamRows, 'teams:read'),
    create: {
      ...r.createOf(teamRows, 'admin'),
      description: 'An organisation has at most 100 teams.',
      errors: ['already_exists', 'role_forbids', 'wrong_state'],
    },
    get: r.getOf(teamRows, 'teams:read'),
    update: { ...r.patchOf(teamRows, 'admin'), errors: ['already_exists', 'role_forbids'] },
    delete: {
      ...r.removeOf(teamRows, 'admin'),
      ...administered,
      description: 'Its members stay in the organisation, its tickets stay without a team.',
    },
    listMembers: {
      ...r.listOf(teamMemberRows, 'teams:read'),
      summary: 'List the members of a team',
      description: 'The newest accounts first. The users resource tells more of each, to a key with `users:read`.',
      params,
    },
    addMember: {
      ...ofMember,
      method: 'put',
      summary: 'Put a member on a team',
      description: 'Who is on it already stays on it.',
      reply: { status: 200, schema: teamRows.row, description: 'The team, with the member on it.' },
    },
    removeMember: {
      ...ofMember,
      method: 'delete',
      summary: 'Take a member off a team',
      before: 'addMember',
      reply: { status: 204, schema: null, description: 'The member is not on the team.' },
    },
  },
})
