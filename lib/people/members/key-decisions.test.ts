import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import type { Database } from '@/lib/kernel/db/transaction'
import { createKey } from '@/lib/keys/life/create'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { memberContext } from '@/lib/people/members/context'
import { listAffectedKeys } from '@/lib/people/members/list-affected-keys'
import { listMembersWithKeys } from '@/lib/people/members/list-with-keys'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, auditOf, hoursAway, keyInput, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

/** A chief who changes people, and a maker with two keys: one that reads for an hour, one that writes for ever. */
async function setUp() {
  const organization = await makeOrganization()
  const [chief, maker] = [await makeMember(organization), await makeMember(organization)]
  const reading = await createKey(maker.ctx, keyInput({ scopes: ['contacts:read'], expires_in_hours: 1 }))
  const writing = await createKey(maker.ctx, keyInput({ scopes: ['contacts:write'] }))
  return { organization, chief, maker, reading, writing, id: maker.user.id }
}

type Made = Awaited<ReturnType<typeof setUp>>

const idsOf = (affected: { keys: { id: string }[] }) => affected.keys.map(({ id }) => id).toSorted()
const revokedAt = async (id: string) => (await prisma().apiKey.findUniqueOrThrow({ where: { id } })).revoked_at

describe('the keys that a change is about', () => {
  test('are those in use that the person could make and no longer can', async () => {
    const { chief, id, reading, writing } = await setUp()
    const ask = async (changes: Parameters<typeof listAffectedKeys>[1]['changes']) =>
      idsOf(await listAffectedKeys(chief.ctx, { id, changes }))
    const all = [reading.id, writing.id].toSorted()
    expect(await ask({ role: 'read_only_admin' })).toEqual([writing.id])
    expect(await ask({ role: 'member' })).toEqual(all)
    expect(await ask({ developer: false })).toEqual(all)
    expect(await ask({ role: 'admin' })).toEqual([])
    expect(await ask(null)).toEqual(all)
  })

  test('count a reading key that lives longer than a Read-Only Admin’s', async () => {
    const { chief, maker, id } = await setUp()
    const long = await createKey(maker.ctx, keyInput({ scopes: ['contacts:read'] }))
    const affected = await listAffectedKeys(chief.ctx, { id, changes: { role: 'read_only_admin' } })
    expect(idsOf(affected)).toContain(long.id)
  })

  test('are neither the ended ones, nor other people’s, nor of another organisation', async () => {
    const { chief, id, reading, writing } = await setUp()
    await alterKey(reading.id, { created_at: hoursAway(-3), expires_at: hoursAway(-1) })
    await revokeKey(chief.ctx, { id: writing.id, leaked: false })
    await createKey(chief.ctx, keyInput())
    expect(await listAffectedKeys(chief.ctx, { id, changes: null })).toMatchObject({ count: 0, found: 0, keys: [] })
    const other = await setUp()
    const elsewhere = listAffectedKeys(chief.ctx, { id: other.id, changes: null })
    await expect(elsewhere).rejects.toMatchObject({ code: 'not_found' })
  })

  test('were decided before and are not asked about again', async () => {
    const { chief, id, reading, writing } = await setUp()
    const keys = { keep: [reading.id, writing.id], revoke: [] }
    await updateMember(chief.ctx, { id, changes: { developer: false }, keys })
    expect((await listAffectedKeys(chief.ctx, { id, changes: { role: 'member' } })).count).toBe(0)
    expect((await listAffectedKeys(chief.ctx, { id, changes: null })).count).toBe(2)
  })

  test('are told in number only to an Admin who may not see keys, and kept', async () => {
    const { organization, id, writing } = await setUp()
    const { ctx } = await makeMember(organization, 'admin', { developer: false })
    expect(await listAffectedKeys(ctx, { id, changes: null })).toEqual({ count: 2, found: 0, keys: [], seen: null })
    const revoking = removeMember(ctx, { id, keys: { keep: [], revoke: [writing.id] } })
    await expect(revoking).rejects.toMatchObject({ code: 'role_forbids' })
    await removeMember(ctx, { id, keys: { keep: [], revoke: [] } })
    expect(await revokedAt(writing.id)).toBeNull()
  })
})

describe('a demotion or removal', () => {
  test('is refused while a key is undecided, and changes nothing', async () => {
    const { chief, id, reading, writing } = await setUp()
    const keys = { keep: [reading.id], revoke: [] }
    for (const attempt of [
      () => updateMember(chief.ctx, { id, changes: { role: 'member' }, keys }),
      () => removeMember(chief.ctx, { id, keys }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'wrong_state',
        detail: expect.stringContaining(writing.key_prefix),
      })
    }
    const [membership] = await prisma().membership.findMany({ where: { user_id: id } })
    expect(membership?.role).toBe('admin')
    expect(await auditOf(id)).toEqual([])
  })

  test('revokes and keeps as decided, all of it in the audit', async () => {
    const { chief, maker, id, reading, writing } = await setUp()
    const keys = { keep: [reading.id], revoke: [writing.id] }
    await removeMember(chief.ctx, { id, keys })
    expect(await revokedAt(writing.id)).not.toBeNull()
    expect(await revokedAt(reading.id)).toBeNull()
    expect(await auditOf(id)).toMatchObject([
      {
        action: 'member.removed',
        actor_id: chief.user.id,
        after: { keys_kept: [reading.key_prefix], keys_revoked: [writing.key_prefix] },
      },
    ])
    expect((await auditOf(writing.id)).at(-1)).toMatchObject({
      action: 'api_key.revoked',
      actor_id: chief.user.id,
      reason: `${maker.user.email} was removed.`,
    })
  })

  test('revokes no key that it is not about', async () => {
    const { chief, organization, id, reading, writing } = await setUp()
    const { ctx } = await makeMember(organization)
    const others = await createKey(ctx, keyInput())
    const elsewhere = await setUp()
    const revoke = [writing.id, others.id, elsewhere.writing.id]
    await updateMember(chief.ctx, { id, changes: { role: 'read_only_admin' }, keys: { keep: [], revoke } })
    const left = [reading.id, others.id, elsewhere.writing.id]
    expect(await Promise.all(left.map(revokedAt))).toEqual([null, null, null])
    expect(await revokedAt(writing.id)).not.toBeNull()
  })

  test('waits for no rotation of the same key in a circle', async () => {
    const rotate = ({ maker, writing }: Made, db: Database = prisma()) =>
      rotateKey({ ...maker.ctx, db }, { id: writing.id, grace_hours: 0 })
    const remove = ({ chief, id, reading, writing }: Made, db: Database = prisma()) =>
      removeMember({ ...chief.ctx, db }, { id, keys: { keep: [reading.id], revoke: [writing.id] } })
    const [one, other] = [await setUp(), await setUp()]
    // A rotation that came first leaves a successor that nobody has decided about; one that came second is by nobody.
    const removal = overlap(
      (db) => rotate(one, db),
      () => remove(one),
    )
    await expect(removal).rejects.toMatchObject({ code: 'wrong_state' })
    const rotation = overlap(
      (db) => remove(other, db),
      () => rotate(other),
    )
    await expect(rotation).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('the list tells how many keys in use each has, and who is the only Admin', async () => {
  const { organization, chief, maker, id } = await setUp()
  const list = async () => (await listMembersWithKeys(chief.ctx, { limit: 25 })).data
  expect(new Map((await list()).map((one) => [one.id, one.keys]))).toEqual(
    new Map([
      [chief.user.id, 0],
      [id, 2],
    ]),
  )
  expect((await list()).map(({ only_admin }) => only_admin)).toEqual([false, false])
  await updateMember(chief.ctx, { id, changes: { role: 'member' } })
  expect((await list()).filter(({ only_admin }) => only_admin).map((one) => one.id)).toEqual([chief.user.id])
  const ctx = await memberContext(prisma(), maker.user, organization.slug, chief.ctx.origin)
  await expect(listMembersWithKeys(ctx, { limit: 25 })).rejects.toMatchObject({ code: 'role_forbids' })
})
