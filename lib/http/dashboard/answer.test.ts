import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { PERMISSIONS, type PermissionName } from '@/lib/contracts/permissions'
import { answer } from '@/lib/http/dashboard/answer'
import type { AnyEnvironment } from '@/lib/http/dashboard/environment'
import { route } from '@/lib/http/dashboard/route'
import type { Context, MemberActor } from '@/lib/kernel/actors/context'
import { permissionsOf } from '@/lib/kernel/actors/permissions'
import { useTestDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

/** Whether a member comes through a route of this role to a verb that would let in anybody. */
async function comesThrough(member: Context<MemberActor>, role: PermissionName): Promise<boolean> {
  let reached = false
  const open = route({ method: 'get', path: '/', role, reply: { status: 204, schema: null } }, () => {
    reached = true
  })
  const app = new Hono<AnyEnvironment>()
    .use(async (c, next) => {
      c.set('member', member)
      await next()
    })
    .get('/', answer(open))
    .onError((_, c) => c.body(null, 403))
  const { status } = await app.request('/', {}, {})
  expect(status).toBe(reached ? 204 : 403)
  return reached
}

test.each(['admin', 'read_only_admin', 'member'] as const)(
  'a route lets a member who is %s in by its own role, whatever its verb asks',
  async (role) => {
    const { ctx } = await makeMember(await makeOrganization(), role)
    const permissions = permissionsOf(ctx)
    for (const name of PERMISSIONS) expect(await comesThrough(ctx, name), name).toBe(permissions[name].allowed)
  },
)
