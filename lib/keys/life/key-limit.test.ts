import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { hashKey } from '@/lib/keys/hash'
import { createKey } from '@/lib/keys/life/create'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, keyInput, makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

describe('the number of keys', () => {
  const fill = (organization: { id: string }, count: number) =>
    prisma().apiKey.createMany({
      data: Array.from({ length: count }, (_, index) => ({
        organization_id: organization.id,
        lineage_id: randomUUID(),
        environment: 'live' as const,
        name: `Key ${index}`,
        key_prefix: 'lk_live_000000',
        hash: new Uint8Array(hashKey(`${organization.id} ${index}`)),
      })),
    })

  test('never passes the plan’s, whoever many ask for the last place at once', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    await fill(organization, 15)
    const asked = Array.from({ length: 12 }, () => makeKey(organization))
    const settled = await Promise.allSettled(asked)
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(settled.length - refused.length).toBe(5)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'key_limit_reached' })
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(20)
  })

  test('counts no key that is revoked, rotated or expired', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    await fill(organization, 20)
    await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
    const past = hoursAway(-1)
    for (const data of [{ revoked_at: past }, { expires_at: past }, { rotated_at: past, retires_at: past }]) {
      const { id } = await prisma().apiKey.findFirstOrThrow({
        where: { organization_id: organization.id, revoked_at: null, expires_at: null, retires_at: null },
      })
      await prisma().apiKey.update({ where: { id }, data })
      await makeKey(organization)
      await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
    }
  })

  test('of one organisation is not another’s', async () => {
    const [full, other] = [await makeOrganization({ plan: 'free' }), await makeOrganization({ plan: 'free' })]
    await fill(full, 20)
    await expect(makeKey(other)).resolves.toBeDefined()
  })

  test('is the plan’s', async () => {
    const organization = await makeOrganization({ plan: 'pro' })
    await fill(organization, 999)
    await makeKey(organization)
    await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
    const enterprise = { ...operator(organization), organization: { ...organization, plan: 'enterprise' as const } }
    await expect(createKey(enterprise, keyInput())).resolves.toBeDefined()
  })
})
