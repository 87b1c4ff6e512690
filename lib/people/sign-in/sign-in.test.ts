import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { DAY_MS } from '@/lib/base/time'
import { NO_ORIGIN, type Origin } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { knownBrowser, rememberBrowser } from '@/lib/people/sign-in/known-browser'
import { hashPassword } from '@/lib/people/sign-in/password'
import { closeSession, findSession } from '@/lib/people/sign-in/sessions'
import { signIn } from '@/lib/people/sign-in/sign-in'
import { cpuSeconds } from '@/lib/testing/cpu-time'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, hoursAway, makeMember, makeOrganization } from '@/lib/testing/fixtures'

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

const attempt = (email: string, password: string, origin = somewhere(), known: string | null = null) =>
  signIn({ db: prisma(), origin, known }, { email, password })

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
    const time = (email: string) => cpuSeconds(() => attempt(email, 'wrong'))
    let [known, unknown] = [0, 0]
    // In turn, so that what becomes faster with use does so for both; what is compiled at first is left out.
    for (let round = 0; round < 9; round++) {
      const [one, other] = [await time(user.email), await time('nobody-else@acme.test')]
      if (round >= 4) [known, unknown] = [known + one, unknown + other]
    }
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

describe('a browser that has been signed in before', () => {
  const failTenTimes = async (email: string, origin: Origin, known: string | null = null) => {
    for (let round = 0; round < 10; round++) expect(await attempt(email, 'wrong', origin, known)).toBeNull()
  }

  test('lets the owner in while strangers have locked the account and the very address', async () => {
    const { user } = await makeAccount()
    const origin = somewhere()
    const known = rememberBrowser(null, user.email)
    await failTenTimes(user.email, origin)
    for (let other = 0; other < 4; other++) await failTenTimes(`${randomUUID()}@acme.test`, origin)
    expect(await refusal(attempt(user.email, PASSWORD, origin))).toMatchObject({ code: 'rate_limited' })
    expect(await attempt(user.email, PASSWORD, origin, known)).not.toBeNull()
    expect(await refusal(attempt(user.email, PASSWORD))).toMatchObject({ code: 'rate_limited' })
  })

  test('is known for its own accounts only, and for nothing that it signed itself', async () => {
    const [{ user }, { user: other }] = [await makeAccount(), await makeAccount()]
    await failTenTimes(user.email, somewhere())
    const known = rememberBrowser(null, user.email)
    const forged = [
      rememberBrowser(null, other.email),
      known.replace(/\w(?=\.)/, (letter) => (letter === 'x' ? 'y' : 'x')),
      known.replace(/\.\d+\./, '.9999999999.'),
      known.slice(0, -1),
      '~~~',
      '',
    ]
    for (const cookie of forged) {
      expect(await refusal(attempt(user.email, PASSWORD, somewhere(), cookie)), cookie).toMatchObject({
        code: 'rate_limited',
      })
    }
  })

  test('has ten guesses itself, and takes none of them from others', async () => {
    const { user } = await makeAccount()
    const known = rememberBrowser(null, user.email)
    await failTenTimes(user.email, somewhere(), known)
    expect(await refusal(attempt(user.email, PASSWORD, somewhere(), known))).toMatchObject({ code: 'rate_limited' })
    expect(await attempt(user.email, PASSWORD)).not.toBeNull()
  })

  test('is known to five accounts, the latest, and to each once', async () => {
    const emails = Array.from({ length: 7 }, () => `${randomUUID()}@acme.test`)
    const cookie = [...emails, ...emails].reduce<string>((known, email) => rememberBrowser(known, email), '')
    expect(emails.filter((email) => knownBrowser(cookie, email) !== null)).toEqual(emails.slice(2))
    expect(cookie.length).toBeLessThan(500)
  })

  test('is forgotten after a year', async () => {
    const cookie = rememberBrowser(null, 'ada@acme.test')
    vi.useFakeTimers({ now: Date.now() + 365 * DAY_MS, toFake: ['Date'] })
    const known = knownBrowser(cookie, 'ada@acme.test')
    vi.useRealTimers()
    expect(known).toBeNull()
  })
})

describe('the platform’s log', () => {
  const refusedOf = (address: string | null) =>
    prisma().auditEntry.findMany({
      where: { address, action: { startsWith: 'session.sign_in' } },
      orderBy: { id: 'asc' },
    })

  test('tells of each sign-in that failed, of nobody what was typed', async () => {
    const { user } = await makeAccount()
    const origin = somewhere()
    await attempt(user.email, 'wrong', origin)
    await attempt('my-password@acme.test', 'wrong', origin)
    const entries = await refusedOf(origin.address)
    const failed = { action: 'session.sign_in_failed', organization_id: null, actor_kind: 'stranger', actor_id: null }
    expect(entries).toMatchObject([
      { ...failed, target_id: user.id, target_label: user.email, after: { because: 'password' } },
      { ...failed, target_id: null, target_label: 'no account' },
    ])
    expect(JSON.stringify(entries)).not.toContain('my-password')
  })

  test('tells once that an account, an address or a browser is locked, however often it is tried', async () => {
    const { user } = await makeAccount()
    const known = rememberBrowser(null, user.email)
    for (const [because, cookie, tries] of [
      ['account', null, 10],
      ['browser', known, 10],
    ] as const) {
      const origin = somewhere()
      const outcomes = Array.from({ length: 15 }, () => refusal(attempt(user.email, 'wrong', origin, cookie)))
      await Promise.all(outcomes)
      const entries = await refusedOf(origin.address)
      expect(entries.filter(({ action }) => action === 'session.sign_in_failed')).toHaveLength(tries)
      expect(entries.filter(({ action }) => action === 'session.sign_in_locked')).toMatchObject([
        { organization_id: null, target_id: user.id, after: { because } },
      ])
    }
  })
})

describe('signing in again in a browser', () => {
  const openAs = async (user: { email: string }, former: string | null = null) => {
    const opened = await signIn(
      { db: prisma(), origin: somewhere(), former },
      { email: user.email, password: PASSWORD },
    )
    return opened?.session_id ?? ''
  }

  test('ends the session that it had, of the same person and of another, and tells the platform', async () => {
    const [{ user }, { user: other }] = [await makeAccount(), await makeAccount()]
    for (const next of [user, other]) {
      const [former, elsewhere] = [await openAs(user), await openAs(user)]
      const current = await openAs(next, former)
      expect(await findSession(prisma(), former)).toBeNull()
      expect(await findSession(prisma(), current)).toMatchObject({ user: { id: next.id } })
      expect(await findSession(prisma(), elsewhere)).not.toBeNull()
      expect((await auditOf(user.id)).at(-1)).toMatchObject({
        action: 'session.replaced',
        organization_id: null,
        actor_id: next.id,
      })
    }
  })

  test('with a wrong password leaves it, and one that is gone is no error', async () => {
    const { user } = await makeAccount()
    const former = await openAs(user)
    const context = { db: prisma(), origin: somewhere(), former }
    expect(await signIn(context, { email: user.email, password: 'wrong' })).toBeNull()
    expect(await findSession(prisma(), former)).not.toBeNull()
    for (const gone of [randomUUID(), 'no id']) expect(await openAs(user, gone)).not.toBe('')
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
      // Kept in milliseconds, this instant may be half a one ahead.
      await endIn(-0.001)
      expect(await findSession(prisma(), id)).toBeNull()
    } finally {
      vi.useRealTimers()
    }
  })

  test('is not found by what is no id', async () => {
    for (const id of ['', 'x', "' OR 1=1", randomUUID()]) expect(await findSession(prisma(), id)).toBeNull()
  })
})
