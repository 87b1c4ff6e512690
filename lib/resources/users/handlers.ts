import { implement } from '@/lib/kernel/rows/implement'
import { getMember } from '@/lib/people/members/get'
import { listMembers } from '@/lib/people/members/list'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'
import { usersContract } from '@/lib/resources/users/contract'

export const users = implement(usersContract, {
  list: (ctx, { query }) => listMembers(ctx, query),
  get: (ctx, { params }) => getMember(ctx, params),
  update: (ctx, { params, body }) => updateMember(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => removeMember(ctx, params),
})
