import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { revokeKeys } from '@/lib/keys/life/revocation/revoke-many'
import { getKey } from '@/lib/keys/read/get'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeKey, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp() {
  const organization = await makeOrganization()
  const { ctx } = await makeMember(organization)
  const make = () => makeKey(organization)
  return { organization, ctx, make }
}

test('each key is revoked and audited, with the reason; the reply says what became of each', async () => {
  const { ctx, make } = await setUp()
  const [one, other] = [await make(), await make()]
  const input = { ids: [other.id, one.id], reason: 'The laptop was lost.', leaked: true }
  expect((await revokeKeys(ctx, input)).data).toEqual([
    { id: other.id, result: 'revoked', detail: null },
    { id: one.id, result: 'revoked', detail: null },
  ])
  for (const { id } of [one, other]) {
    expect(await getKey(ctx, { id })).toMatchObject({ status: 'revoked', leaked: true, revoked_reason: input.reason })
    expect((await auditOf(id)).at(-1)).toMatchObject({ action: 'api_key.revoked', reason: input.reason })
  }
})

test('keys that are revoked, gone, named twice or another organisation’s keep none of the others alive', async () => {
  const { ctx, make } = await setUp()
  const { make: foreign } = await setUp()
  const [good, before, theirs, gone] = [await make(), await make(), await foreign(), unusedId()]
  await revokeKeys(ctx, { ids: [before.id], leaked: false })
  const { data } = await revokeKeys(ctx, { ids: [gone, theirs.id, before.id, good.id, good.id], leaked: false })
  expect(data.map(({ result }) => result)).toEqual([
    'not_found',
    'not_found',
    'already_revoked',
    'revoked',
    'already_revoked',
  ])
  expect(await prisma().apiKey.findUniqueOrThrow({ where: { id: theirs.id } })).toMatchObject({ revoked_at: null })
})

test('whoever may not manage keys revokes none', async () => {
  const { organization, make } = await setUp()
  const { id } = await make()
  const { ctx } = await makeMember(organization, 'read_only_admin')
  await expect(revokeKeys(ctx, { ids: [id], leaked: false })).rejects.toMatchObject({ code: 'role_forbids' })
  expect((await getKey(ctx, { id })).status).toBe('active')
})
