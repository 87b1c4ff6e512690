import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { databaseNow, inBulkTransaction, inTransaction } from '@/lib/kernel/db/transaction'
import { markAllRevoked } from '@/lib/keys/life/revocation/mark-all-revoked'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

test('a key that another transaction holds is left as it is, and nobody waits for it', async () => {
  const organization = await makeOrganization()
  const [free, held] = [await makeKey(organization), await makeKey(organization)]
  const of = Prisma.sql`k.organization_id = ${organization.id}::uuid`
  const count = await inBulkTransaction(async (db) => {
    await db.$queryRaw`SELECT id FROM api_keys WHERE id = ${held.id}::uuid FOR UPDATE`
    return inTransaction(operator(organization), async (ctx) =>
      markAllRevoked(ctx, of, 'All of them.', await databaseNow(ctx.db)),
    )
  })
  expect(count).toBe(1)
  const rows = await prisma().apiKey.findMany({ where: { organization_id: organization.id, revoked_at: null } })
  expect(rows.map(({ id }) => id)).toEqual([held.id])
  expect(await auditOf(held.id)).toHaveLength(1)
  expect((await auditOf(free.id)).at(-1)).toMatchObject({ action: 'api_key.revoked', reason: 'All of them.' })
})
