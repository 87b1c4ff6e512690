import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runtime } from '@/lib/base/node/runtime'
import { pool } from '@/lib/kernel/db/client'
import { fixSession } from '@/lib/kernel/db/session'
import { useTestDatabase } from '@/lib/testing/database'

useTestDatabase()

type Count = { accepted: number; second: string; used: number; counts: number[] | null }

async function countTogether(calls: number, lineage: string, allowed: number, from: pg.Pool = pool()): Promise<Count> {
  const { rows } = await from.query<Count>('SELECT * FROM count_calls($1, $2, $3)', [lineage, calls, allowed])
  if (!rows[0]) throw new Error('count_calls gave no row')
  return rows[0]
}

const count = (lineage: string, allowed: number, from?: pg.Pool) => countTogether(1, lineage, allowed, from)

const countMany = (times: number, lineage: string, allowed: number, from?: pg.Pool) =>
  Promise.all(Array.from({ length: times }, () => count(lineage, allowed, from)))

/** Lets `seconds` pass for a lineage, by moving what it has counted into the past. */
const letPass = (lineage: string, seconds: number) =>
  pool().query('UPDATE rate_windows SET second = second - $2 WHERE lineage_id = $1', [lineage, seconds])

const acceptedOf = (counts: Count[]) => counts.reduce((sum, { accepted }) => sum + accepted, 0)

describe('calls at the same time', () => {
  test('are accepted up to the limit and not once more, from however many processes', async () => {
    const other = new pg.Pool({ connectionString: runtime().databaseUrl, max: 8, onConnect: fixSession })
    const lineage = randomUUID()
    const calls = await Promise.all([countMany(200, lineage, 100), countMany(200, lineage, 100, other)])
    await other.end()
    expect(acceptedOf(calls.flat())).toBe(100)
  })

  test('are accepted up to the limit on the very first use of a key', async () => {
    for (let round = 0; round < 20; round++) {
      expect(acceptedOf(await countMany(16, randomUUID(), 3))).toBe(3)
    }
  })

  test('do not spend the limit of another lineage', async () => {
    const [one, other] = [randomUUID(), randomUUID()]
    const calls = await Promise.all([countMany(50, one, 10), countMany(50, other, 20)])
    expect(calls.map(acceptedOf)).toEqual([10, 20])
  })

  test('get a place each: no two accepted calls are the same one of the limit', async () => {
    const calls = await countMany(80, randomUUID(), 50)
    const places = calls.filter(({ accepted }) => accepted === 1).map(({ used }) => used)
    expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  })
})

describe('calls that came together', () => {
  test('are accepted as far as the limit reaches', async () => {
    const lineage = randomUUID()
    expect(await countTogether(7, lineage, 10)).toMatchObject({ accepted: 7, used: 7, counts: null })
    for (const accepted of [3, 0]) {
      const { counts, ...counted } = await countTogether(7, lineage, 10)
      expect(counted).toMatchObject({ accepted, used: 10 })
      expect(counts?.reduce((sum, count) => sum + count, 0)).toBe(10)
    }
  })

  test('are accepted up to the limit and not once more, with others at the same time', async () => {
    const lineage = randomUUID()
    expect(acceptedOf(await Promise.all(Array.from({ length: 40 }, () => countTogether(7, lineage, 100))))).toBe(100)
  })
})

describe('the window', () => {
  test('slides: in any 60 seconds no more than the limit is accepted, and never less than could be', async () => {
    const step = fc.record({
      passes: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 70 }), fc.constantFrom(59, 60, 61, 62, 1_000)),
      calls: fc.integer({ min: 1, max: 6 }),
      together: fc.integer({ min: 1, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 8 }),
        async (steps, limit) => {
          const lineage = randomUUID()
          const accepted: number[] = []
          let passed = 0
          for (const { passes, calls, together } of steps) {
            await letPass(lineage, passes)
            passed += passes
            for (let call = 0; call < calls; call++) {
              const reply = await countTogether(together, lineage, limit)
              const second = Number(reply.second) + passed
              const used = accepted.filter((earlier) => earlier > second - 61).length
              expect(reply.accepted).toBe(Math.min(together, Math.max(0, limit - used)))
              expect(reply.used).toBe(used + reply.accepted)
              accepted.push(...new Array<number>(reply.accepted).fill(second))
            }
          }
        },
      ),
      { numRuns: 40, endOnFailure: true },
    )
  })

  test('is served its whole limit again under steady overload: a refusal costs nothing', async () => {
    const lineage = randomUUID()
    expect(acceptedOf(await countMany(40, lineage, 10))).toBe(10)
    for (let second = 0; second < 50; second += 10) {
      await letPass(lineage, 10)
      await countMany(5, lineage, 10)
    }
    await letPass(lineage, 12)
    expect(acceptedOf(await countMany(40, lineage, 10))).toBe(10)
  })

  test('does not let a burst on each side of a minute through', async () => {
    const lineage = randomUUID()
    await countMany(10, lineage, 10)
    // Not 59: the test itself may take some seconds.
    await letPass(lineage, 54)
    expect(acceptedOf(await countMany(10, lineage, 10))).toBe(0)
  })

  test('gives back its counters, newest first, with a refusal only', async () => {
    const lineage = randomUUID()
    expect((await count(lineage, 2)).counts).toBeNull()
    await letPass(lineage, 30)
    await count(lineage, 2)
    const { accepted, counts } = await count(lineage, 2)
    expect(accepted).toBe(0)
    expect(counts).toHaveLength(61)
    expect(counts?.[0]).toBe(1)
    expect(counts?.slice(30, 32).reduce((sum, n) => sum + n, 0)).toBe(1)
  })

  test('follows a limit that was lowered or raised at once', async () => {
    const lineage = randomUUID()
    await countMany(10, lineage, 10)
    expect((await count(lineage, 5)).accepted).toBe(0)
    expect((await count(lineage, 11)).accepted).toBe(1)
  })

  test('does not run backwards with a clock that was set back', async () => {
    const lineage = randomUUID()
    await countMany(3, lineage, 3)
    await letPass(lineage, -100)
    expect(acceptedOf(await countMany(5, lineage, 3))).toBe(0)
    expect(acceptedOf(await countMany(5, lineage, 4))).toBe(1)
  })
})

test('without a limit nothing is counted and no row is made', async () => {
  const lineage = randomUUID()
  const { rows } = await pool().query('SELECT * FROM count_calls($1, 1, NULL)', [lineage])
  expect(rows[0]).toEqual({ accepted: null, second: null, used: null, counts: null })
  expect((await pool().query('SELECT 1 FROM rate_windows WHERE lineage_id = $1', [lineage])).rowCount).toBe(0)
})

describe('while a transaction elsewhere is open', () => {
  /** The pages that Postgres reads to count one call. */
  async function pagesOfCall(lineage: string): Promise<number> {
    const explained = await pool().query('EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT count_calls($1, 1, 1000000)', [
      lineage,
    ])
    return plans.parse(explained.rows)[0]?.['QUERY PLAN'][0].Plan['Shared Hit Blocks'] ?? Number.NaN
  }

  test('a call passes by few of the versions that it keeps, in one place of the index or another', async () => {
    const lineage = randomUUID()
    await count(lineage, 1_000_000)
    await pool().query('ANALYZE rate_windows')
    const elsewhere = await pool().connect()
    try {
      await elsewhere.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1')
      const most: number[] = []
      for (let turn = 0; turn < 8; turn++) {
        await pool().query('SELECT count_calls($1, 1, 1000000) FROM generate_series(1, 500)', [lineage])
        most.push(await pagesOfCall(lineage))
      }
      expect(Math.max(...most)).toBeLessThan(60)
      const { rows } = await pool().query<{ rows: number }>(
        'SELECT count(*)::int AS rows FROM rate_windows WHERE lineage_id = $1',
        [lineage],
      )
      expect(rows).toEqual([{ rows: 1 }])
      expect((await count(lineage, 1_000_000)).used).toBe(1 + 8 * 501 + 1)
    } finally {
      await elsewhere.query('ROLLBACK')
      elsewhere.release()
    }
  })
})

const plans = z.array(
  z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ 'Shared Hit Blocks': z.int() }) })]) }),
)
