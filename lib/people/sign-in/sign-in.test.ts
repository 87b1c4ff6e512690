import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { NO_ORIGIN, type Origin } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { hashPassword } from '@/lib/people/sign-in/password'
import { closeSession, findSession } from '@/lib/people/sign-in/sessions'
import { signIn } from '@/lib/people/sign-in/sign-in'
import { cpuSeconds } from '@/lib/testing/cpu-time'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const PASSWORD = 'correct horse battery'

async function makeAccount() {
  const organization = await makeOrganization()
  const { user } = await makeMember(organization, 'admin')
  await prisma().user.update({ where: { id: user.id }, data: { password_hash: await hashPassword(PASSWORD) } })
  return { organization, user }
}

/** An address that no other test has. */
const somewhere = (): Origin => ({ ...NO_ORIGIN, address: `2001:db8:${randomUUID().slice(0, 4)}::1` })

const attempt = (email: string, password: string, origin = somewhere()) =>
  signIn({ db: prisma(), origin }, { email, password })

const refusal = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error)

describe('signing in', () => {
  test('opens a session that names the person, and records it for each organisation', async () => {
    const { organization, user } = await makeAccount()
    const origin = { ...somewhere(), user_agent: 'Firefox' }
    const opened = await attempt(`  ${user.email.toUpperCase()} `, PASSWORD, origin)
    const session = await findSession(prisma(), opened?.session_id ?? '')
    expect(session?.user).toMatchObject({ id: user.id, email: user.email, platform_admin: false })
    const entries = await prisma().auditEntry.findMany({ where: { organization_id: organization.id } })
    expect(entries).toMatchObject([
      { action: 'session.signed_in', actor_id: user.id, address: origin.address, user_agent: 'Firefox' },
    ])
  })

  test('opens a session of its own each time: none is taken over', async () => {
    const { user } = await makeAccount()
    const first = await attempt(user.email, PASSWORD)
    const second = await attempt(user.email, PASSWORD)
    expect(second?.session_id).not.toBe(first?.session_id)
  })

  test.each(['wrong password', '', PASSWORD.toUpperCase(), `${PASSWORD} `, 'x'.repeat(2_000)])(
    'is refused with the password %j, and leaves no session',
    async (password) => {
      const { user } = await makeAccount()
      expect(await attempt(user.email, password)).toBeNull()
      expect(await prisma().session.count({ where: { user_id: user.id } })).toBe(0)
    },
  )

  test('is refused alike to nobody, to a person without a password, and to what is no input', async () => {
    const { user } = await makeAccount()
    await prisma().user.update({ where: { id: user.id }, data: { password_hash: null } })
    expect(await attempt(user.email, PASSWORD)).toBeNull()
    expect(await attempt('nobody@acme.test', PASSWORD)).toBeNull()
    for (const input of [null, {}, { email: ['a'] }, { email: { contains: '@' }, password: PASSWORD }]) {
      expect(await signIn({ db: prisma(), origin: somewhere() }, input)).toBeNull()
    }
  })

  test('takes as long for an unknown person as for a wrong password', async () => {
    const { user } = await makeAccount()
    await attempt(user.email, 'warm up')
    // The hashing is nearly all of it, and it is done by the processor.
    const time = (email: string) =>
      cpuSeconds(async () => {
        for (let round = 0; round < 5; round++) await attempt(email, `wrong ${round}`)
      })
    const [known, unknown] = [await time(user.email), await time('nobody-else@acme.test')]
    expect(unknown).toBeGreaterThan(known / 2)
    expect(unknown).toBeLessThan(known * 2)
  })
})

describe('attempts', () => {
  test('are limited per account, from wherever they come, also for an account that is not there', async () => {
    const { user } = await makeAccount()
    for (const email of [user.email, `${randomUUID()}@acme.test`]) {
      const outcomes = await Promise.all(Array.from({ length: 25 }, () => refusal(attempt(email, 'wrong'))))
      expect(outcomes.filter((error) => error === null)).toHaveLength(10)
      expect(outcomes.find((error) => error !== null)).toMatchObject({
        code: 'rate_limited',
        facts: { retry_after: expect.any(Number) },
      })
    }
    expect(await refusal(attempt(user.email, PASSWORD))).toMatchObject({ code: 'rate_limited' })
  })

  test('are limited per address, where a /64 is one address', async () => {
    const network = `2001:db8:${randomUUID().slice(0, 4)}:1`
    const outcomes: unknown[] = []
    for (let round = 0; round < 6; round++) {
      const tenth = Array.from({ length: 10 }, (_, index) =>
        refusal(
          attempt(`${randomUUID()}@acme.test`, 'wrong', { ...NO_ORIGIN, address: `${network}::${round}${index}` }),
        ),
      )
      outcomes.push(...(await Promise.all(tenth)))
    }
    expect(outcomes.filter((error) => error === null)).toHaveLength(50)
  })

  test('that succeed are not counted', async () => {
    const { user } = await makeAccount()
    const origin = somewhere()
    for (let round = 0; round < 12; round++) expect(await attempt(user.email, PASSWORD, origin)).not.toBeNull()
  })

  test('are kept without the email, which may be a mistyped password', async () => {
    const typed = `hunter2-${randomUUID()}@acme.test`
    await attempt(typed, 'wrong')
    const keys = await prisma().signInAttempts.findMany({ select: { key: true } })
    expect(keys.some(({ key }) => key.includes('hunter2'))).toBe(false)
  })
})

describe('a session', () => {
  test('ends when it is closed', async () => {
    const { user } = await makeAccount()
    const opened = await attempt(user.email, PASSWORD)
    await closeSession(prisma(), opened?.session_id ?? '')
    expect(await findSession(prisma(), opened?.session_id ?? '')).toBeNull()
  })

  test("ends at its time by the database's clock", async () => {
    const { user } = await makeAccount()
    const opened = await attempt(user.email, PASSWORD)
    const id = opened?.session_id ?? ''
    const endIn = (seconds: number) =>
      prisma()
        .$executeRaw`UPDATE sessions SET expires_at = clock_timestamp() + ${seconds} * interval '1 s' WHERE id = ${id}::uuid`
    // The process's own clock means nothing.
    vi.useFakeTimers({ toFake: ['Date'], now: hoursAway(24 * 365) })
    try {
      await endIn(60)
      expect(await findSession(prisma(), id)).not.toBeNull()
      vi.setSystemTime(0)
      await endIn(0)
      expect(await findSession(prisma(), id)).toBeNull()
    } finally {
      vi.useRealTimers()
    }
  })

  test('is not found by what is no id', async () => {
    for (const id of ['', 'x', "' OR 1=1", randomUUID()]) expect(await findSession(prisma(), id)).toBeNull()
  })
})
