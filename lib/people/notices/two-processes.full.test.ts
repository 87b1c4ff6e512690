import { afterAll, afterEach, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { prisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { startMailServer } from '@/lib/testing/mail-server'
import { makeManyKeys } from '@/lib/testing/many-keys'
import { letMailsPass } from '@/lib/testing/notices'
import { type Product, spawnProduct, stop } from '@/lib/testing/product'

/** Two workers as processes of their own, and a clock that is moved on under them. */

useOwnDatabase()

const server = await startMailServer()
afterAll(() => server.stop())

let workers: Product[] = []
afterEach(() => {
  for (const { process } of workers) process.kill('SIGKILL')
  workers = []
})

async function startWorkers(count: number) {
  const settings = {
    DATABASE_URL: runtime().databaseUrl,
    AUTH_SECRET: runtime().authSecret,
    APP_URL: 'http://localhost:3000',
    SMTP_URL: server.url,
    MAIL_FROM: 'keys@example.com',
  }
  workers = Array.from({ length: count }, () => spawnProduct(settings, '--worker'))
  for (const worker of workers) await worker.printed(/(carries out jobs)/)
}

/** For all keys so much time passes, and whoever waits for a round or a mail has waited. */
async function letDaysPass(organization_id: string, days: number) {
  const hours = days * 24
  await prisma().$executeRaw`
    UPDATE api_keys SET created_at = created_at - make_interval(hours => ${hours}::int),
      expires_at = expires_at - make_interval(hours => ${hours}::int)
    WHERE organization_id = ${organization_id}::uuid`
  await letMailsPass()
  await prisma().$executeRaw`UPDATE jobs SET run_at = clock_timestamp() WHERE held_by IS NULL AND failed_at IS NULL`
}

test('two processes remind 30, 7 and 1 day before the expiry of many keys of each once, in one mail to each person', async () => {
  const organization = await makeOrganization({ plan: 'enterprise' })
  const people = [await makeMember(organization), await makeMember(organization)]
  await makeManyKeys({ organization_id: organization.id, count: 2_000 })
  await prisma().$executeRaw`
    UPDATE api_keys SET created_at = now() - interval '100 days', revoked_at = NULL, rotated_at = NULL, retires_at = NULL,
      expires_at = date_trunc('day', now()) + interval '32 days 12 hours' + (abs(hashtext(id::text)) % 3600) * interval '1 s'
    WHERE organization_id = ${organization.id}::uuid`
  await startWorkers(2)
  const mails = (email: string) => server.mails.filter(({ to }) => to === email).length
  const expected = [0, 1, 1, 2, 2, 3]
  // About 32 days before, then 29, 12, 6, 3, and the last.
  for (const [index, days] of [0, 3, 17, 6, 3, 2.5].entries()) {
    await letDaysPass(organization.id, days)
    const count = expected[index]
    const reminders = () => prisma().keyReminder.count()
    await expect.poll(reminders, { timeout: 60_000, interval: 200 }).toBe(2_000 * (count ?? 0))
    for (const { user } of people) {
      await expect.poll(() => mails(user.email), { timeout: 60_000, interval: 200 }).toBe(count)
    }
    // Another round of each changes nothing.
    await letDaysPass(organization.id, 0)
    const rounds = () =>
      prisma().job.count({
        where: { kind: { in: ['notices.look', 'notices.remind'] }, run_at: { gt: new Date() }, held_by: null },
      })
    await expect.poll(rounds, { timeout: 60_000, interval: 200 }).toBe(2)
  }
  expect(await prisma().notice.groupBy({ by: ['user_id'], _count: true })).toHaveLength(2)
  expect(await prisma().notice.count()).toBe(6)
  for (const { user } of people) expect(mails(user.email)).toBe(3)
  for (const worker of workers) expect(await stop(worker)).toBe(0)
}, 300_000)
