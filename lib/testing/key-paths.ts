import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { pool, prisma } from '@/lib/kernel/db/client'
import { apiKey, createdKey } from '@/lib/keys/contract'
import { acceptInvitation } from '@/lib/people/members/invitations/accept'
import { invite } from '@/lib/people/members/invitations/invite'
import { lookAtInvitation } from '@/lib/people/members/invitations/look'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { meContract } from '@/lib/resources/me/contract'
import { ask } from '@/lib/testing/ask'
import { callApi, callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { alterKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

/** The paths on which a wrong instant would open or shut a door, for databases of every kind. */

const MINUTE = 60
const HOUR = 60 * MINUTE

const secondsFromNow = (instant: Date) => (instant.getTime() - Date.now()) / 1000
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)

async function setUp() {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const cookie = await signInAs(member)
  const call = (path: string, body: unknown) =>
    callDashboard(cookie, `/orgs/${organization.slug}/keys${path}`, { method: 'POST', body })
  const create = async (fields: object = {}) => {
    const response = await call('', {
      name: 'CRM',
      environment: 'live',
      scopes: ['contacts:write', 'contacts:read'],
      ...fields,
    })
    return createdKey.parse(await response.json())
  }
  return { organization, member, call, create }
}

const answer = async (key: string) => outcomeOf(await callApi('/me', { key }))

/** How long the database itself will let it live, in seconds. */
async function lifeLeft(id: string, column: 'expires_at' | 'retires_at'): Promise<number> {
  const { rows } = await pool().query<{ left: number }>(
    `SELECT extract(epoch FROM ${column} - clock_timestamp())::float8 AS left FROM api_keys WHERE id = $1`,
    [id],
  )
  return rows[0]?.left ?? 0
}

const near = (seconds: number, expected: number) => expect(Math.abs(seconds - expected)).toBeLessThan(MINUTE)

/** Call it in a test file that has a database. */
export function describeKeyPaths() {
  describe('a key', () => {
    test.each([
      ['an instant', () => ({ expires_at: inSeconds(2 * HOUR).toISOString() })],
      ['hours', () => ({ expires_in_hours: 2 })],
    ])('made for two hours, said as %s, lives for two hours', async (_, expiry) => {
      const { create } = await setUp()
      const made = await create(expiry())
      const me = await ask(meContract.operations.get, { key: made.key })
      near(secondsFromNow(me.expires_at ?? new Date(0)), 2 * HOUR)
      near(await lifeLeft(made.id, 'expires_at'), 2 * HOUR)
      expect(made.expires_at).toEqual(me.expires_at)
    })

    test('ends when its time is over, and not before', async () => {
      const { id, key } = await (await setUp()).create({ expires_in_hours: 2 })
      await alterKey(id, { expires_at: inSeconds(MINUTE) })
      expect(await answer(key)).toBe(200)
      await alterKey(id, { expires_at: inSeconds(-MINUTE) })
      expect(await answer(key)).toBe('expired_key')
    })

    test('goes on for the grace of its rotation, and no longer', async () => {
      const { call, create } = await setUp()
      const old = await create()
      const successor = createdKey.parse(await (await call(`/${old.id}/rotate`, { grace_hours: 1 })).json())
      near(await lifeLeft(old.id, 'retires_at'), HOUR)
      expect([await answer(old.key), await answer(successor.key)]).toEqual([200, 200])
      await alterKey(old.id, { retires_at: inSeconds(-MINUTE) })
      expect([await answer(old.key), await answer(successor.key)]).toEqual(['rotated_key', 200])
    })

    test('is refused from the moment of its revocation until it is reactivated', async () => {
      const { call, create } = await setUp()
      const { id, key } = await create()
      const revoked = apiKey.parse(await (await call(`/${id}/revoke`, { reason: "It's \\ over" })).json())
      near(secondsFromNow(revoked.revoked_at ?? new Date(0)), 0)
      expect(revoked.revoked_reason).toBe("It's \\ over")
      expect(await answer(key)).toBe('revoked_key')
      await call(`/${id}/reactivate`, {})
      expect(await answer(key)).toBe(200)
    })

    test('is stopped at its limit, and opens only the addresses it allows', async () => {
      const { key } = await (await setUp()).create({ rate_limit: 3, allowed_ips: ['203.0.113.0/24'] })
      const from = async (address: string) => outcomeOf(await callApi('/me', { key, peer: { address } }))
      expect(await from('198.51.100.1')).toBe('ip_not_allowed')
      const answers = [await from('203.0.113.7'), await from('203.0.113.7'), await from('203.0.113.7')]
      expect([...answers, await from('203.0.113.7')]).toEqual([200, 200, 200, 'rate_limited'])
    })

    test('writes once for one Idempotency-Key, and what comes back is what was sent', async () => {
      const { key } = await (await setUp()).create()
      const body = { email: 'ada@example.com', first_name: "O'Néil \\", custom_fields: { score: 0.1 } }
      const headers = { 'Idempotency-Key': randomUUID() }
      const send = async () => (await callApi('/contacts', { key, method: 'POST', body, headers })).json()
      const [first, second] = [await send(), await send()]
      expect(first).toMatchObject(body)
      near(secondsFromNow(new Date(first.created_at)), 0)
      expect(second).toEqual(first)
      expect((await ask(contactsContract.operations.list, { key })).data).toHaveLength(1)
    })
  })

  describe('an invitation', () => {
    const look = async (token: string) => (await lookAtInvitation(prisma(), token, null)).state
    const accept = (token: string) =>
      acceptInvitation({ db: prisma(), origin: NO_ORIGIN }, null, {
        token,
        person: { name: 'Grace Hopper', password: 'a password of hers' },
      })

    test('works for seven days, and once', async () => {
      const { ctx } = (await setUp()).member
      const made = await invite(ctx, { email: `${randomUUID()}@new.test`, role: 'admin', developer: true })
      near(secondsFromNow(made.expires_at), 7 * 24 * HOUR)
      expect(await look(made.token)).toBe('new_person')
      await accept(made.token)
      expect(await look(made.token)).toBe('used')
    })

    test('opens nothing when its time is over', async () => {
      const { ctx } = (await setUp()).member
      const { id, token } = await invite(ctx, { email: `${randomUUID()}@new.test`, role: 'admin', developer: true })
      await prisma().invitation.update({ where: { id }, data: { expires_at: inSeconds(-MINUTE) } })
      expect(await look(token)).toBe('expired')
      await expect(accept(token)).rejects.toMatchObject({ code: 'wrong_state' })
    })
  })
}
