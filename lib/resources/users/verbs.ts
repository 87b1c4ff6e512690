import { implement, serve, withDatabase } from '@/lib/kernel/rows/kit'
import { getMember } from '@/lib/people/members/get'
import { listMembers } from '@/lib/people/members/list'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'
import { usersContract } from '@/lib/resources/users/contract'

const { operations } = usersContract

export const usersApi = serve(usersContract, [
  implement(operations.list, (ctx, { query }) => listMembers(ctx, query)),
  implement(operations.get, (ctx, { params }) => getMember(ctx, params)),
  implement(
    operations.update,
    withDatabase((ctx, { params, body }) => updateMember(ctx, { ...params, changes: body })),
  ),
  implement(
    operations.delete,
    withDatabase((ctx, { params, query: { keys: others, except = [] } }) => {
      const named = others === 'keep' ? { keep: [], revoke: except } : { keep: except, revoke: [] }
      return removeMember(ctx, { ...params, keys: { ...named, others } })
    }),
  ),
])
