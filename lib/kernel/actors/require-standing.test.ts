import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Context } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { createKey } from '@/lib/keys/life/create'
import { deleteKey } from '@/lib/keys/life/delete'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { updatePolicy } from '@/lib/keys/policy/update'
import { callApi, callDashboard, outcomeOf, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, keyInput, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { movingClock } from '@/lib/testing/moving-clock'

useTestDatabase()

/** An Admin whose request was let in, and what can become of them before it does anything. */
async function setUp() {
  const organization = await makeOrganization()
  const { ctx, user } = await makeMember(organization)
  await makeMember(organization)
  const key = await makeKey(organization, { scopes: ['contacts:write'] })
  const where = { user_id: user.id }
  const meanwhile = {
    not_found: () => prisma().membership.deleteMany({ where }),
    role_forbids: () => prisma().membership.updateMany({ where, data: { role: 'read_only_admin' } }),
    developer_api_disabled: () =>
      prisma().organization.update({ where: { id: organization.id }, data: { developer_api: false } }),
  }
  return { organization, ctx, user, key, meanwhile }
}

const VERBS: Record<string, (ctx: Context, id: string) => Promise<unknown>> = {
  create: (ctx) => createKey(ctx, keyInput()),
  update: (ctx, id) => updateKey(ctx, { id, changes: { scopes: ['admin'] } }),
  rotate: (ctx, id) => rotateKey(ctx, { id, grace_hours: 0 }),
  revoke: (ctx, id) => revokeKey(ctx, { id, leaked: false }),
  delete: (ctx, id) => deleteKey(ctx, { id }),
  'set the policy': (ctx) => updatePolicy(ctx, NO_POLICY),
}

describe.each(Object.entries(VERBS))('whoever was let in to %s', (_, verb) => {
  test('does nothing once removed, demoted, or with the flag off', async () => {
    for (const code of ['not_found', 'role_forbids', 'developer_api_disabled'] as const) {
      const { organization, ctx, key, meanwhile } = await setUp()
      const rows = () => prisma().apiKey.findMany({ where: { organization_id: organization.id } })
      const before = await rows()
      await meanwhile[code]()
      await expect(verb(ctx, key.id), code).rejects.toMatchObject({ code })
      expect(await rows()).toEqual(before)
    }
  })

  test('does nothing as a Member, also where no route asks before the verb', async () => {
    const { organization, key } = await setUp()
    const { ctx } = await makeMember(organization, 'member')
    const attempt = async () => verb(ctx, key.id)
    await expect(attempt()).rejects.toMatchObject({ code: 'role_forbids' })
  })

  test('does it where nothing has changed', async () => {
    const { ctx, key } = await setUp()
    await expect(verb(ctx, key.id)).resolves.not.toThrow()
  })
})

/** A JSON body of which the last part is held back until `finish`. */
function heldBack(value: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  // Taken when the request has been let in, and its body is read.
  const letIn = writer.write(bytes.slice(0, 1))
  const finish = async () => {
    await writer.write(bytes.slice(1))
    await writer.close()
  }
  return { body: readable, letIn, finish }
}

/** Calls that come at once are not asked again. */
const HELD_BACK_MS = 51

describe('a request whose body was held back', () => {
  afterEach(() => void vi.restoreAllMocks())

  const input = { name: 'late', environment: 'test', scopes: [] }

  /** What else may become of the person meanwhile, and a body that then is refused for it. */
  const DECIDED = [
    { code: 'not_found', body: input },
    { code: 'role_forbids', body: { ...input, scopes: ['contacts:write'] } },
    { code: 'developer_api_disabled', body: input },
    { code: 'signed_out', body: input },
    { code: 'proof_required', body: { ...input, environment: 'live' } },
  ] as const

  test.each(DECIDED)('to the dashboard is decided by who the person is when it is whole: $code', async (decided) => {
    const { organization, user, meanwhile } = await setUp()
    const where = { user_id: user.id }
    const changes = {
      ...meanwhile,
      signed_out: () => prisma().session.deleteMany({ where }),
      proof_required: () => prisma().session.updateMany({ where, data: { proved_at: hoursAway(-0.26) } }),
    }
    const cookie = await signInAs({ user })
    const { body, letIn, finish } = heldBack(decided.body)
    const reply = callDashboard(cookie, `/orgs/${organization.slug}/keys`, { method: 'POST', stream: body })
    await letIn
    await changes[decided.code]()
    await finish()
    expect(await outcomeOf(await reply)).toBe(decided.code)
    expect(await prisma().apiKey.count({ where: { name: 'late', organization_id: organization.id } })).toBe(0)
  })

  test('to the platform is decided by whether the person still runs it when it is whole', async () => {
    const { user } = await makeMember(await makeOrganization())
    const where = { id: user.id }
    await prisma().user.update({ where, data: { platform_admin: true } })
    const cookie = await signInAs({ user })
    const slug = `late-${user.id}`
    const { body, letIn, finish } = heldBack({
      name: 'Late',
      slug,
      plan: 'free',
      developer_api: true,
      admin_email: user.email,
    })
    const reply = callDashboard(cookie, '/platform/organizations', { method: 'POST', stream: body })
    await letIn
    await prisma().user.update({ where, data: { platform_admin: false } })
    await finish()
    expect(await outcomeOf(await reply)).toBe('not_found')
    expect(await prisma().organization.count({ where: { slug } })).toBe(0)
  })

  test('to the API with a key that was rotated meanwhile names the key to use instead', async () => {
    const { organization, key } = await setUp()
    const { body, letIn, finish } = heldBack({ email: 'late@example.com' })
    const moveAhead = movingClock()
    const reply = callApi('/contacts', { method: 'POST', key: key.key, stream: body })
    await letIn
    const first = await rotateKey(operator(organization), { id: key.id, grace_hours: 0 })
    const second = await rotateKey(operator(organization), { id: first.id, grace_hours: 0 })
    moveAhead(HELD_BACK_MS)
    await finish()
    const { code, detail } = await readProblem(await reply)
    expect(code).toBe('rotated_key')
    expect(detail).toContain(second.key_prefix)
  })

  test('to the API does nothing with a key that was revoked, narrowed or closed meanwhile', async () => {
    const changes = {
      revoked_key: (ctx: Context, id: string) => revokeKey(ctx, { id, leaked: true }),
      insufficient_scope: (ctx: Context, id: string) => updateKey(ctx, { id, changes: { scopes: [] } }),
      invalid_key: (ctx: Context, id: string) => deleteKey(ctx, { id }),
      ip_not_allowed: (ctx: Context, id: string) =>
        updateKey(ctx, { id, changes: { allowed_ips: ['203.0.113.0/24'] } }),
    }
    for (const [code, change] of Object.entries(changes)) {
      const { organization, key } = await setUp()
      const { body, letIn, finish } = heldBack({ email: 'late@example.com' })
      const moveAhead = movingClock()
      const reply = callApi('/contacts', { method: 'POST', key: key.key, stream: body })
      await letIn
      await change(operator(organization), key.id)
      moveAhead(HELD_BACK_MS)
      await finish()
      expect(await outcomeOf(await reply), code).toBe(code)
      expect(await prisma().contact.count({ where: { organization_id: organization.id } })).toBe(0)
    }
  })
})
