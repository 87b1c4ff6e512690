import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, MINUTE_MS } from '@/lib/base/time'
import type { KeyStatus } from '@/lib/contracts/key-terms'
import { pool, prisma } from '@/lib/kernel/db/client'
import { AUTHENTICATE } from '@/lib/keys/authenticate/statement'
import { keyStatus, listKeysQuery } from '@/lib/keys/contract'
import { hasStatus } from '@/lib/keys/read/filters'
import { listKeys } from '@/lib/keys/read/list'
import { EXPIRING_MS, statusOfKey as statusOf } from '@/lib/keys/status'
import { useTestDatabase } from '@/lib/testing/database'
import { makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

const distance = fc.oneof(fc.constantFrom(DAY_MS, EXPIRING_MS, 8 * DAY_MS), fc.nat({ max: 400 * DAY_MS }))

/** The dates of a key, in milliseconds from the instant at which it is judged. */
const offsets = (distance: fc.Arbitrary<number>) => {
  const either = fc.tuple(distance, fc.boolean()).map(([ms, past]) => (past ? -ms : ms))
  const sometimes = fc.option(either, { nil: null, freq: 1 })
  return fc.record({
    created_at: distance.map((ms) => -ms),
    expires_at: sometimes,
    retires_at: sometimes,
    revoked_at: fc.option(either, { nil: null, freq: 1 }),
  })
}
type Offsets = { created_at: number; expires_at: number | null; retires_at: number | null; revoked_at: number | null }

const keyAt = (now: Date, organization_id: string, { created_at, ...rest }: Offsets) => {
  const at = (ms: number | null) => (ms === null ? null : new Date(now.getTime() + ms))
  const retires_at = at(rest.retires_at)
  return {
    id: randomUUID(),
    organization_id,
    lineage_id: randomUUID(),
    environment: 'live' as const,
    name: 'A key',
    key_prefix: 'lk_live_000000',
    hash: new Uint8Array(randomBytes(32)),
    created_at: new Date(now.getTime() + created_at),
    expires_at: at(rest.expires_at),
    rotated_at: retires_at && now,
    retires_at,
    revoked_at: at(rest.revoked_at),
  }
}

async function insertKeys(now: Date, all: Offsets[]) {
  const organization = await makeOrganization()
  const keys = all.map((offsets) => keyAt(now, organization.id, offsets))
  await prisma().apiKey.createMany({ data: keys })
  return { organization, keys }
}

const many = (distance: fc.Arbitrary<number>) => fc.array(offsets(distance), { minLength: 150, maxLength: 150 })

/** Every date of a key at each instant where its status turns, and just before and after it. */
const TURNS: Offsets[] = [0, -1, -EXPIRING_MS, -EXPIRING_MS - 1, -30 * DAY_MS].flatMap((created_at) =>
  [null, -1, 0, 1, EXPIRING_MS - 1, EXPIRING_MS, EXPIRING_MS + 1].flatMap((expires_at) =>
    [null, -1, 0, 1].flatMap((retires_at) =>
      [null, 0].map((revoked_at) => ({ created_at, expires_at, retires_at, revoked_at })),
    ),
  ),
)

/** What the API answers to a key in each status; null: it works. */
const REFUSALS: Record<KeyStatus, string | null> = {
  active: null,
  expiring: null,
  retiring: null,
  rotated: 'rotated_key',
  revoked: 'revoked_key',
  expired: 'expired_key',
}

describe('the status of a key', () => {
  test('is the one by which a list is filtered, at every instant where it turns and a millisecond to each side', async () => {
    const now = new Date('2026-06-15T12:00:00.000Z')
    const { organization, keys } = await insertKeys(now, TURNS)
    for (const status of keyStatus.options) {
      const where = { organization_id: organization.id, AND: [hasStatus(status, now)] }
      const found = await prisma().apiKey.findMany({ where, select: { id: true } })
      const expected = keys.filter((key) => statusOf(key, now) === status)
      expect(expected.length).toBeGreaterThan(0)
      expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
    }
  })

  test('is the one by which the API decides', async () => {
    const now = new Date()
    // Far enough from now that the clock does not pass them meanwhile.
    const far = distance.map((ms) => ms + MINUTE_MS)
    await fc.assert(
      fc.asyncProperty(many(far), async (all) => {
        const { keys } = await insertKeys(now, all)
        for (const key of keys) {
          const { rows } = await pool().query(AUTHENTICATE, [[key.hash], [null], [1]])
          expect(rows[0]?.decision.refusal).toBe(REFUSALS[statusOf(key, now)])
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
  })

  test('is listed under itself, and every key under one', async () => {
    const [all = []] = fc.sample(many(distance), { numRuns: 1, seed: 7 })
    const { organization, keys } = await insertKeys(new Date(), all.slice(0, 90))
    const listed: string[] = []
    for (const status of keyStatus.options) {
      const { data } = await listKeys(operator(organization), listKeysQuery.parse({ status, limit: '100' }))
      expect(data.every((key) => key.status === status)).toBe(true)
      listed.push(...data.map(({ id }) => id))
    }
    expect(listed.sort()).toEqual(keys.map(({ id }) => id).sort())
  })
})

describe('a key', () => {
  const now = new Date('2026-06-15T12:00:00.000Z')
  const status = (offsets: Partial<Offsets>) =>
    statusOf(
      keyAt(now, randomUUID(), {
        created_at: -30 * DAY_MS,
        expires_at: null,
        retires_at: null,
        revoked_at: null,
        ...offsets,
      }),
      now,
    )

  test('has expired at its very instant, not a day or a millisecond later', () => {
    expect(status({ expires_at: 1 })).toBe('expiring')
    expect(status({ expires_at: 0 })).toBe('expired')
    expect(status({ expires_at: -1 })).toBe('expired')
  })

  test('of a week or less is never expiring', () => {
    expect(status({ created_at: 0, expires_at: EXPIRING_MS })).toBe('active')
    expect(status({ created_at: -1, expires_at: EXPIRING_MS })).toBe('expiring')
    expect(status({ created_at: -EXPIRING_MS + 1, expires_at: 1 })).toBe('active')
  })

  test('that is revoked says so before anything else', () => {
    expect(status({ revoked_at: 0, expires_at: -1, retires_at: -1 })).toBe('revoked')
  })
})
