import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { databaseNow, inTransaction } from '@/lib/kernel/db/transaction'
import { useTestDatabase } from '@/lib/testing/database'

useTestDatabase()

const current = async (db: Parameters<typeof databaseNow>[0]) =>
  (await db.$queryRaw<{ id: string }[]>`SELECT pg_current_xact_id()::text AS id`)[0]?.id

test('an inner transaction is the outer one', async () => {
  const outside = { db: prisma() }
  const ids = await inTransaction(outside, async (outer) => [
    await current(outer.db),
    await inTransaction(outer, ({ db }) => current(db)),
    await inTransaction(outer, (inner) => inTransaction(inner, ({ db }) => current(db))),
  ])
  expect(new Set(ids).size).toBe(1)
  expect(await inTransaction(outside, ({ db }) => current(db))).not.toBe(ids[0])
})

test('what an inner transaction did is undone with the outer one', async () => {
  const slug = 'undone'
  const failed = inTransaction({ db: prisma() }, async (outer) => {
    await inTransaction(outer, ({ db }) => db.organization.create({ data: { slug, name: 'Undone' } }))
    throw new Error('later')
  })
  await expect(failed).rejects.toThrow('later')
  expect(await prisma().organization.count({ where: { slug } })).toBe(0)
})

test('the database’s clock is told in milliseconds', async () => {
  const before = Date.now()
  const now = await databaseNow(prisma())
  // One machine, one clock; the database rounds to the next millisecond.
  expect(now.getTime()).toBeGreaterThanOrEqual(before)
  expect(now.getTime()).toBeLessThanOrEqual(Date.now() + 1)
})
