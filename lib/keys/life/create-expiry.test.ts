import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import { createKey } from '@/lib/keys/life/create'
import { decideExpiry } from '@/lib/keys/life/decide-expiry'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, keyInput, makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const lifetimeOf = (key: { created_at: Date; expires_at: Date | null }) =>
  key.expires_at && (key.expires_at.getTime() - key.created_at.getTime()) / HOUR_MS

describe('the expiry', () => {
  test('is none when none is asked for', async () => {
    expect((await makeKey(await makeOrganization())).expires_at).toBeNull()
  })

  test('is the hours that are asked for, from the creation', async () => {
    expect(lifetimeOf(await makeKey(await makeOrganization(), { expires_in_hours: 8_760 }))).toBe(8_760)
  })

  test('is the very instant that is asked for, in whatever zone it is written', async () => {
    const instant = new Date(Math.floor(hoursAway(48).getTime() / 1000) * 1000)
    const zoned = `${new Date(instant.getTime() + 5.5 * HOUR_MS).toISOString().slice(0, 19)}+05:30`
    expect((await makeKey(await makeOrganization(), { expires_at: zoned })).expires_at).toEqual(instant)
  })

  test('is at the earliest a moment from now, and at the latest 8760 hours, to the millisecond', () => {
    const now = new Date('2026-01-01T00:00:00.000Z')
    const actor = { kind: 'operator', name: 'tests' } as const
    const decide = (ms: number) => {
      const expires_at = new Date(now.getTime() + ms)
      return decideExpiry(actor, { expires_at }, now, NO_POLICY)?.getTime() === expires_at.getTime()
    }
    const refused = expect.objectContaining({ code: 'validation_failed' })
    expect(decide(1)).toBe(true)
    expect(decide(8_760 * HOUR_MS)).toBe(true)
    for (const ms of [-1, 0, 8_760 * HOUR_MS + 1]) expect(() => decide(ms), String(ms)).toThrow(refused)
  })

  test.each([
    { name: 'is past', expires_at: hoursAway(-0.001) },
    { name: 'is more than 8760 hours away', expires_at: hoursAway(8_760.1) },
  ])('is refused when it $name', async ({ expires_at }) => {
    const organization = await makeOrganization()
    await expect(makeKey(organization, { expires_at: expires_at.toISOString() })).rejects.toMatchObject({
      code: 'validation_failed',
      facts: { errors: [{ path: 'expires_at' }] },
    })
  })

  test('of a Read-Only Admin is 72 hours whatever is asked for', async () => {
    const { ctx } = await makeMember(await makeOrganization(), 'read_only_admin')
    for (const asked of [
      {},
      { expires_at: null },
      { expires_in_hours: 8_760 },
      { expires_at: hoursAway(5_000).toISOString() },
    ]) {
      expect(lifetimeOf(await createKey(ctx, keyInput({ ...asked, scopes: ['contacts:read'] })))).toBe(72)
    }
  })
})
