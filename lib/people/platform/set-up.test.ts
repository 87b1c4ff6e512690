import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { setupInput } from '@/lib/people/platform/contract'
import { setUp } from '@/lib/people/platform/set-up'
import { isSetupOpen, makeSetupToken } from '@/lib/people/platform/setup-token'
import { signIn } from '@/lib/people/sign-in/sign-in'
import { useOwnDatabase } from '@/lib/testing/database'
import { auditOf } from '@/lib/testing/fixtures'

useOwnDatabase()

const PASSWORD = 'a password of theirs'
/** Each test tries from an address of its own. */
const context = (address = `2001:db8:${randomUUID().slice(0, 4)}::1`) => ({
  db: prisma(),
  origin: { ...NO_ORIGIN, address },
})
const input = (token: string, email = `${randomUUID()}@platform.test`) =>
  setupInput.parse({ token, name: 'Petra', email, password: PASSWORD })
const wrongToken = { code: 'validation_failed', facts: { errors: [{ path: 'token' }] } }
const platformAdmins = () => prisma().user.count({ where: { platform_admin: true } })

async function newToken(): Promise<string> {
  const token = await makeSetupToken(prisma())
  if (token === null) throw new Error('The set-up is closed.')
  return token
}

beforeEach(async () => {
  await prisma().user.deleteMany()
  await prisma().setupToken.deleteMany()
})

describe('the first run', () => {
  test('makes a platform admin who can sign in, and is closed from then on', async () => {
    const token = await newToken()
    const user = await setUp(context(), input(token))
    expect(await signIn(context(), { email: user.email, password: PASSWORD })).not.toBeNull()
    expect(await auditOf(user.id)).toMatchObject([
      { action: 'platform_admin.set_up', organization_id: null },
      { action: 'session.signed_in', organization_id: null },
    ])
    expect(await isSetupOpen(prisma())).toBe(false)
    expect(await makeSetupToken(prisma())).toBeNull()
    await expect(setUp(context(), input(token))).rejects.toMatchObject({ code: 'not_found' })
    expect(await prisma().setupToken.count()).toBe(0)
  })

  test('keeps only the hash of its token', async () => {
    const token = await newToken()
    const rows = await prisma().setupToken.findMany()
    expect(rows.map(({ token_hash }) => token_hash.length)).toEqual([32])
    expect(rows.map(({ token_hash }) => Buffer.from(token_hash).toString())).not.toContain(token)
  })

  test('takes the token of any process that has started, and no other', async () => {
    const [first, second] = [await newToken(), await newToken()]
    for (const wrong of ['x', `${first}x`, first.slice(1), first.toLowerCase()]) {
      await expect(setUp(context(), input(wrong))).rejects.toMatchObject(wrongToken)
    }
    expect(await platformAdmins()).toBe(0)
    await setUp(context(), input(second))
  })

  test('refuses a token that comes too late', async () => {
    const token = await newToken()
    await prisma().$executeRaw`UPDATE setup_tokens SET expires_at = clock_timestamp() - interval '1 ms'`
    await expect(setUp(context(), input(token))).rejects.toMatchObject(wrongToken)
    await newToken()
    expect(await prisma().setupToken.count()).toBe(1)
  })

  test('takes over no account that is there', async () => {
    const token = await newToken()
    const { id, email } = await prisma().user.create({ data: { email: 'known@platform.test', name: 'Known' } })
    await expect(setUp(context(), input(token, email))).rejects.toMatchObject({
      facts: { errors: [{ path: 'email' }] },
    })
    expect(await prisma().user.findUnique({ where: { id } })).toMatchObject({
      platform_admin: false,
      password_hash: null,
    })
    await setUp(context(), input(token))
  })

  test('makes one of several who come at the same time', async () => {
    const token = await newToken()
    const settled = await Promise.allSettled([1, 2, 3, 4].map(() => setUp(context(), input(token))))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of settled) if (one.status === 'rejected') expect(one.reason.code).toBe('not_found')
    expect(await platformAdmins()).toBe(1)
    expect(await prisma().user.count()).toBe(1)
  })

  test('refuses an address after ten attempts, also with the right token', async () => {
    const token = await newToken()
    const here = context('203.0.113.77')
    for (let attempt = 0; attempt < 10; attempt++) {
      await expect(setUp(here, input('wrong'))).rejects.toMatchObject(wrongToken)
    }
    await expect(setUp(here, input(token))).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await platformAdmins()).toBe(0)
    await setUp(context('203.0.113.78'), input(token))
  })
})
