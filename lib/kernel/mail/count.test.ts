import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { countMail } from '@/lib/kernel/mail/count'
import { removeOldMailCounts } from '@/lib/kernel/mail/remove-old'
import { useTestDatabase } from '@/lib/testing/database'

useTestDatabase()

const newEmail = () => `${randomUUID()}@mailed.test`
const newOrganization = () => ({ id: randomUUID() })

const post = (to: string, organization: { id: string }) =>
  inTransaction({ db: prisma() }, ({ db }) => countMail(db, { to, organization })).then(
    () => 'sent',
    (error) => error.code,
  )

async function sentOf(count: number, mail: (index: number) => [string, { id: string }]): Promise<number> {
  const outcomes: string[] = []
  for (let index = 0; index < count; index++) outcomes.push(await post(...mail(index)))
  expect(outcomes.filter((outcome) => outcome !== 'sent').every((outcome) => outcome === 'rate_limited')).toBe(true)
  return outcomes.filter((outcome) => outcome === 'sent').length
}

const age = (end: string) =>
  prisma().$executeRaw`UPDATE mail_counts SET ends_at = clock_timestamp() - interval '1 s' WHERE key LIKE ${`%${end}`}`

test('an organisation writes to a person five times an hour, and to others all the same', async () => {
  const [to, organization] = [newEmail(), newOrganization()]
  expect(await sentOf(8, () => [to, organization])).toBe(5)
  expect(await post(newEmail(), organization)).toBe('sent')
  await age(to)
  expect(await post(to, organization)).toBe('sent')
})

test('a person gets fifteen an hour from all organisations together', async () => {
  const to = newEmail()
  expect(await sentOf(18, () => [to, newOrganization()])).toBe(15)
})

test('an organisation writes a hundred an hour, also when they are written at once', async () => {
  const organization = newOrganization()
  const sent = await sentOf(90, () => [newEmail(), organization])
  const atOnce = await Promise.all(Array.from({ length: 15 }, () => post(newEmail(), organization)))
  expect(sent + atOnce.filter((outcome) => outcome === 'sent').length).toBe(100)
})

test('a mail whose transaction fails is not counted', async () => {
  const [to, organization] = [newEmail(), newOrganization()]
  for (let round = 0; round < 8; round++) {
    const failed = inTransaction({ db: prisma() }, async ({ db }) => {
      await countMail(db, { to, organization })
      throw new Error('not sent after all')
    })
    await expect(failed).rejects.toThrow('not sent after all')
  }
  expect(await post(to, organization)).toBe('sent')
})

test('what limits nothing any more is removed', async () => {
  const [to, organization] = [newEmail(), newOrganization()]
  await post(to, organization)
  const kept = () => prisma().mailCount.count({ where: { key: { endsWith: to } } })
  await removeOldMailCounts()
  expect(await kept()).toBe(2)
  await age(to)
  await removeOldMailCounts()
  expect(await kept()).toBe(0)
})
