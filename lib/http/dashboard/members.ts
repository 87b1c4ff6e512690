import { route } from '@/lib/http/dashboard/route'
import {
  affectedKeys,
  listMembersQuery,
  memberChangeQuery,
  memberPage,
  removeMemberInput,
  updateMemberInput,
} from '@/lib/people/members/contract'
import { listAffectedKeys } from '@/lib/people/members/list-affected-keys'
import { listMembersWithKeys } from '@/lib/people/members/list-with-keys'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'

const MEMBERS = '/orgs/:org/members'
const MEMBER = '/orgs/:org/members/:id'
const names = 'user'

/** `/orgs/:org/members`: who belongs to the organisation, and what they may do there. */
export const memberRoutes = [
  route(
    {
      method: 'get',
      path: MEMBERS,
      role: 'see_people',
      query: listMembersQuery,
      searches: ['q'],
      reply: { status: 200, schema: memberPage },
    },
    (ctx, { query }) => listMembersWithKeys(ctx, query),
  ),
  route(
    {
      method: 'patch',
      path: MEMBER,
      role: 'manage_people',
      proof: 'to_widen',
      names,
      body: updateMemberInput,
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id }, body: { keys, ...changes } }) => updateMember(ctx, { id, changes, keys }),
  ),
  route(
    {
      method: 'post',
      path: `${MEMBER}/remove`,
      role: 'manage_people',
      proof: 'never',
      names,
      body: removeMemberInput,
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id }, body: { keys } }) => removeMember(ctx, { id, keys }),
  ),
  route(
    {
      method: 'get',
      path: `${MEMBER}/affected-keys`,
      role: 'manage_people',
      names,
      query: memberChangeQuery,
      reply: { status: 200, schema: affectedKeys },
    },
    (ctx, { params: { id }, query: { removed, q, ...changes } }) =>
      listAffectedKeys(ctx, { id, changes: removed ? null : changes, q }),
  ),
]
