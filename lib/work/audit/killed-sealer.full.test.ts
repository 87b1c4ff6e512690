import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { verifyChain } from '@/lib/kernel/audit/chain/verify'
import { prisma } from '@/lib/kernel/db/client'
import { updateKey } from '@/lib/keys/life/update'
import { sealAll } from '@/lib/testing/audit'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'
import { type Product, spawnProduct } from '@/lib/testing/product'

/** The worker as a process of its own, killed again and again between changes and their seals. */

useOwnDatabase()

const KILLS = 20

let workers: Product[] = []
afterEach(() => {
  for (const { process } of workers) process.kill('SIGKILL')
  workers = []
})

async function startWorkerProcess(): Promise<Product> {
  const worker = spawnProduct({ DATABASE_URL: runtime().databaseUrl, AUTH_SECRET: runtime().authSecret }, '--worker')
  workers.push(worker)
  await worker.printed(/(carries out jobs)/)
  return worker
}

test('over twenty kills between change and seal no entry is missed or sealed twice, and the chains hold', async () => {
  const organizations = [await makeOrganization(), await makeOrganization()]
  const keys = await Promise.all(
    organizations.map(async (organization) => ({ ctx: operator(organization), ...(await makeKey(organization)) })),
  )
  let changing = true
  const change = async ({ ctx, id }: (typeof keys)[number]) => {
    for (let count = 0; changing; count++) await updateKey(ctx, { id, changes: { name: `name ${count}` } })
  }
  const changes = keys.flatMap((key) => [change(key), change(key)])
  for (let kill = 0; kill < KILLS; kill++) {
    const worker = await startWorkerProcess()
    const before = await prisma().auditSeal.count()
    await expect.poll(() => prisma().auditSeal.count(), { timeout: 60_000 }).toBeGreaterThan(before)
    await sleep(randomInt(0, 1_500))
    worker.process.kill('SIGKILL')
    await worker.exit
    // Its lease passes, which is a test of its own.
    await prisma().$executeRaw`UPDATE jobs SET run_at = now() WHERE held_by IS NOT NULL`
  }
  changing = false
  await Promise.all(changes)
  await sealAll()
  for (const { id } of organizations) {
    const entries = await prisma().auditEntry.count({ where: { organization_id: id } })
    expect(await verifyChain({ chain_id: id })).toMatchObject({ entries, waiting: 0, fault: null })
  }
  expect(await prisma().auditSeal.count()).toBe(await prisma().auditEntry.count())
}, 600_000)
