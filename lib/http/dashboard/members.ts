import { Hono } from 'hono'
import { writeReply } from '@/lib/contracts/encode'
import type { OrganizationEnvironment } from '@/lib/http/dashboard/environment'
import { json, pathId, query } from '@/lib/http/dashboard/input'
import {
  affectedKeys,
  listMembersQuery,
  memberChangeQuery,
  memberPage,
  removeMemberInput,
  updateMemberInput,
} from '@/lib/people/members/contract'
import { listAffectedKeys as findAffectedKeys } from '@/lib/people/members/list-affected-keys'
import { listMembersWithKeys } from '@/lib/people/members/list-with-keys'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'

const target = (id: string) => pathId(id, 'user')

/** `/orgs/:org/members`: who belongs to the organisation, and what they may do there. */
export const memberRoutes = new Hono<OrganizationEnvironment>()
  .get('/', query(listMembersQuery), async (c) =>
    c.json(writeReply(memberPage, await listMembersWithKeys(c.var.member, c.req.valid('query')))),
  )
  .patch('/:id', json(updateMemberInput), async (c) => {
    const { keys, ...changes } = c.req.valid('json')
    await updateMember(c.var.member, { ...target(c.req.param('id')), changes, keys })
    return c.body(null, 204)
  })
  .post('/:id/remove', json(removeMemberInput), async (c) => {
    await removeMember(c.var.member, { ...target(c.req.param('id')), ...c.req.valid('json') })
    return c.body(null, 204)
  })
  .get('/:id/affected-keys', query(memberChangeQuery), async (c) => {
    const { removed, ...changes } = c.req.valid('query')
    const input = { ...target(c.req.param('id')), changes: removed ? null : changes }
    return c.json(writeReply(affectedKeys, await findAffectedKeys(c.var.member, input)))
  })
