import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '@/lib/base/time'
import { prisma } from '@/lib/kernel/db/client'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { issueResetLink } from '@/lib/people/password-resets/issue-link'
import { redeemReset } from '@/lib/people/password-resets/redeem'
import { removeOldResets } from '@/lib/people/password-resets/remove-old'
import { signIn } from '@/lib/people/sign-in/sign-in'
import { makeAccount, openAccount, PASSWORD, somewhere } from '@/lib/testing/accounts'
import { callDashboard, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, hoursAway } from '@/lib/testing/fixtures'

useTestDatabase()

const NEW = 'staple battery horse'

const issue = ({ email }: { email: string }) => issueResetLink(platformContext(), { email })
const tokenOf = ({ link }: { link: string }) => new URL(link).hash.slice(1)
const redeem = (token: string, password = NEW) =>
  redeemReset({ db: prisma(), origin: somewhere() }, { token, password })
const enter = (email: string, password: string) => signIn({ db: prisma(), origin: somewhere() }, { email, password })
const refused = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error)

describe('a link for a new password', () => {
  test('sets it, once, and ends every session of the person and of nobody else', async () => {
    const { user } = await openAccount()
    await openAccount(user)
    const stranger = await openAccount()
    const token = tokenOf(await issue(user))
    await redeem(token)
    expect(await enter(user.email, PASSWORD)).toBeNull()
    expect(await prisma().session.count({ where: { user_id: user.id } })).toBe(0)
    expect(await prisma().session.count({ where: { user_id: stranger.user.id } })).toBe(1)
    expect(await enter(user.email, NEW)).not.toBeNull()
    expect(await refused(redeem(token, 'another password'))).toMatchObject({ code: 'not_found' })
    expect(await enter(user.email, NEW)).not.toBeNull()
  })

  test('works once also for two that come at once', async () => {
    const user = await makeAccount()
    const token = tokenOf(await issue(user))
    const outcomes = await Promise.all(
      ['first of two', 'second of two'].map((password) => refused(redeem(token, password))),
    )
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1)
  })

  test('uses up every other link of the person', async () => {
    const user = await makeAccount()
    const [first, second] = [tokenOf(await issue(user)), tokenOf(await issue(user))]
    await redeem(first)
    expect(await refused(redeem(second))).toMatchObject({ code: 'not_found' })
  })

  test('is over after thirty minutes', async () => {
    const user = await makeAccount()
    const issued = await issue(user)
    const left = issued.expires_at.getTime() - Date.now()
    expect(left).toBeGreaterThan(29 * MINUTE_MS)
    expect(left).toBeLessThanOrEqual(30 * MINUTE_MS + 1_000)
    await prisma().passwordReset.updateMany({ where: { user_id: user.id }, data: { expires_at: hoursAway(-0.001) } })
    expect(await refused(redeem(tokenOf(issued)))).toMatchObject({ code: 'not_found' })
    await removeOldResets()
    expect(await prisma().passwordReset.count({ where: { user_id: user.id } })).toBe(0)
  })

  test.each(['', 'x', 'x'.repeat(200), '%00', "' OR 1=1"])('is not %j', async (token) => {
    expect(await refused(redeem(token))).toMatchObject({ code: 'not_found' })
  })

  test('is stored by its hash alone, behind the # of the address, and told by the audit without it', async () => {
    const user = await makeAccount()
    const issued = await issue(user)
    const token = tokenOf(issued)
    expect(token).toHaveLength(43)
    expect(issued.link.split('#')[0]).not.toContain(token)
    await redeem(token)
    const entries = await auditOf(user.id)
    expect(entries.map(({ action, actor_kind }) => [action, actor_kind])).toEqual([
      ['user.password_reset_issued', 'operator'],
      ['user.password_reset', 'person'],
    ])
    expect(JSON.stringify(entries)).not.toContain(token)
  })

  test('lets the person in at once who had mistaken the old password too often', async () => {
    const user = await makeAccount()
    for (let round = 0; round < 10; round++) await enter(user.email, 'wrong')
    expect(await refused(enter(user.email, PASSWORD))).toMatchObject({ code: 'rate_limited' })
    await redeem(tokenOf(await issue(user)))
    expect(await enter(user.email, NEW)).not.toBeNull()
  })

  test('is made for nobody who is not there', async () => {
    expect(await refused(issue({ email: 'nobody@acme.test' }))).toMatchObject({ code: 'not_found' })
  })
})

describe('the routes', () => {
  const post = (path: string, body: object, headers = {}) =>
    callDashboard(null, `/password-resets${path}`, { method: 'POST', body, headers })

  test('need no session, but our own page', async () => {
    const user = await makeAccount()
    const body = { token: tokenOf(await issue(user)), password: NEW }
    expect(await outcomeOf(await post('/redeem', body, { Origin: 'https://evil.test' }))).toBe('cross_site_request')
    expect(await outcomeOf(await post('/redeem', { ...body, password: 'short' }))).toBe('validation_failed')
    expect(await outcomeOf(await post('/redeem', body))).toBe(204)
    expect(await outcomeOf(await post('/redeem', body))).toBe('not_found')
  })

  test('say so where the server sends no mail', async () => {
    for (const email of [(await makeAccount()).email, 'nobody@acme.test']) {
      expect(await outcomeOf(await post('', { email }))).toBe('email_not_configured')
    }
  })
})
