import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/base/node/env'
import { prisma } from '@/lib/kernel/db/client'
import { hashPassword } from '@/lib/people/sign-in/password'
import { DEMO_ACCOUNTS, DEMO_ORGANIZATION, describeAccount } from '@/lib/server/demo/accounts'
import { seedDemo } from '@/lib/server/demo/seed'
import { keep, readKept } from '@/lib/server/process/kept-file'

export type Demo = { password: string; accounts: { email: string; role: string }[] }

/** The kept password is the one that the accounts have; another DEMO_PASSWORD takes its place in both. */
async function demoPassword(file: string): Promise<string> {
  const kept = await readKept(file)
  if (kept !== null && env.DEMO_PASSWORD && kept !== env.DEMO_PASSWORD) {
    const password_hash = await hashPassword(env.DEMO_PASSWORD)
    await prisma().user.updateMany({
      where: { email: { in: DEMO_ACCOUNTS.map(({ email }) => email) } },
      data: { password_hash },
    })
    await rm(file)
  }
  return keep(file, () => env.DEMO_PASSWORD ?? randomBytes(9).toString('base64url'))
}

/**
 * Seeds the demo organisation where the embedded database is empty.
 * @returns what to sign in with; null where somebody runs the product without the demo organisation
 */
export async function prepareDemo(folder: string): Promise<Demo | null> {
  const password = await demoPassword(join(folder, 'demo-password'))
  await seedDemo(password)
  const organization = await prisma().organization.findUnique({ where: { slug: DEMO_ORGANIZATION.slug } })
  return organization && { password, accounts: DEMO_ACCOUNTS.map(describeAccount) }
}
