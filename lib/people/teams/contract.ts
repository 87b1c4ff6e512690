import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

export const NAME_TAKEN = 'A team with this name exists.'

export const teamRows = r.defineRows({
  one: 'team',
  fields: {
    id: r.idField(),
    name: r.required(r.line(100), { example: 'Billing' }),
    description: r.optional(r.prose(2_000), { example: 'Invoices, refunds and plans.' }),
    member_count: r.kept(r.count('Members of the organisation who are on the team.')),
    ...r.stamps(),
  },
  filters: {
    name: r.equal(r.line(100), { description: 'The whole name.' }),
    user_id: r.equal(r.idKind(), { description: 'Teams that this member is on.' }),
  },
  sorts: ['created_at', 'name'],
  unique: [{ columns: ['name'], told: NAME_TAKEN }],
  derived: true,
})

/** People are shown as far as a team needs them; the users resource tells the rest, to whoever may read it. */
export const teamMemberRows = r.defineRows({
  one: 'member of a team',
  many: 'members of a team',
  schema: 'TeamMember',
  at: '/teams/{id}/members',
  table: 'team_members',
  fields: {
    id: r.shownAs(id().meta({ description: 'Id of the user.' })),
    name: r.shownAs(z.string()),
    added_at: r.kept(r.moment()),
  },
  filters: {},
})

const people = z.array(id()).max(100, 'At most 100 at a time.').default([])

export const createTeamInput = z.strictObject({ ...teamRows.createBody.shape, add: people })

/** What the dialog of a team sends: its own changes, and who comes and goes. */
export const updateTeamInput = z.strictObject({ ...teamRows.patchBody.shape, add: people, remove: people })

/** Everybody on a team, as the dialog shows them. */
export const peopleOfTeam = z.object({ data: z.array(z.object({ id: id(), name: z.string(), email: z.string() })) })

export type TeamQuery = z.output<typeof teamRows.query>
