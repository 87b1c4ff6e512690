import { describe, expect, test } from 'vitest'
import type { Context } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { getMember } from '@/lib/people/members/get'
import { listMembers } from '@/lib/people/members/list'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const VERBS: Record<string, (ctx: Context, id: string) => Promise<unknown>> = {
  list: (ctx) => listMembers(ctx, { limit: 25 }),
  get: (ctx, id) => getMember(ctx, { id }),
  update: (ctx, id) => updateMember(ctx, { id, changes: { developer: false } }),
  remove: (ctx, id) => removeMember(ctx, { id }),
}

const MAY: Record<Role, string[]> = {
  admin: ['list', 'get', 'update', 'remove'],
  read_only_admin: ['list', 'get'],
  member: [],
}

describe.each(Object.entries(MAY))('a person who is %s', (role, allowed) => {
  test.each(Object.keys(VERBS))('and wants to %s', async (name) => {
    const organization = await makeOrganization()
    const { ctx } = await makeMember(organization, role === 'admin' || role === 'member' ? role : 'read_only_admin', {
      developer: false,
    })
    const other = await makeMember(organization, 'member')
    const attempt = Promise.resolve().then(() => VERBS[name]?.(ctx, other.user.id))
    if (allowed.includes(name)) return void (await attempt)
    await expect(attempt).rejects.toMatchObject({ code: 'role_forbids' })
    expect(await auditOf(other.user.id)).toEqual([])
    const where = { organization_id_user_id: { organization_id: organization.id, user_id: other.user.id } }
    expect(await prisma().membership.findUnique({ where })).toMatchObject({ role: 'member', developer: true })
  })
})
