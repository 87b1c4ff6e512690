import { getMember } from '@/lib/members/get'
import { listMembers } from '@/lib/members/list'
import { removeMember } from '@/lib/members/remove'
import { updateMember } from '@/lib/members/update'
import { implementAll } from '@/lib/resources/implement'
import { usersContract } from '@/lib/resources/users/contract'

export const users = implementAll(usersContract, {
  list: (ctx, { query }) => listMembers(ctx, query),
  get: (ctx, { params }) => getMember(ctx, params),
  update: (ctx, { params, body }) => updateMember(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => removeMember(ctx, params),
})
