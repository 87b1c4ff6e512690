import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from '@/lib/base/time'
import type { SortKey } from '@/lib/contracts/page'
import { prisma } from '@/lib/kernel/db/client'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import { useTestDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

type Field = 'created_at' | 'updated_at' | 'email'

// Few values, so that most rows are alike in some field and the id has to decide.
const row = fc.record({
  created_at: fc.nat({ max: 3 }).map((ms) => new Date(1_800_000_000_000 + ms)),
  updated_at: fc.nat({ max: 2 }).map((day) => new Date(1_800_000_000_000 + day * DAY_MS)),
  email: fc.constantFrom('a@x.test', 'b@x.test', "o'brien@x.test", 'ä@x.test', 'a-b@x.test', 'ab@x.test'),
})
const sort: fc.Arbitrary<SortKey<Field>[]> = fc
  .shuffledSubarray<Field>(['created_at', 'updated_at', 'email'], { minLength: 1 })
  .chain((fields) =>
    fc.tuple(
      ...fields.map((field) =>
        fc.constantFrom('asc' as const, 'desc' as const).map((direction) => ({ field, direction })),
      ),
    ),
  )

async function makeLeads(rows: { created_at: Date; updated_at: Date; email: string }[]) {
  const organization_id = (await makeOrganization()).id
  const data = rows.map((row) => ({ ...row, id: randomUUID(), organization_id, environment: 'live' as const }))
  await prisma().lead.createMany({ data })
  return organization_id
}

async function* pages(organization_id: string, sort: SortKey<Field>[], limit: number) {
  let cursor: string | undefined
  do {
    const request = { list: ['test', organization_id], sort, limit, cursor }
    const { where, orderBy, take } = keyset(request)
    const rows = await prisma().lead.findMany({ where: { organization_id, ...where }, orderBy, take })
    const page = toPage(request, rows)
    expect(page.has_more).toBe(page.next_cursor !== null)
    yield page.data
    cursor = page.next_cursor ?? undefined
  } while (cursor)
}

describe('all the pages of a list', () => {
  test('are the whole list in its order, for any sort and size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 25 }),
        sort,
        fc.integer({ min: 1, max: 7 }),
        async (rows, sort, limit) => {
          const organization_id = await makeLeads(rows)
          const orderBy = [...sort, { field: 'id' as const, direction: sort.at(-1)?.direction ?? ('desc' as const) }]
          const whole = await prisma().lead.findMany({
            where: { organization_id },
            orderBy: orderBy.map(({ field, direction }) => ({ [field]: direction })),
          })
          const paged: string[] = []
          for await (const data of pages(organization_id, sort, limit)) {
            expect(data.length).toBeLessThanOrEqual(limit)
            // A full page that is the last says so.
            if (whole.length > 0) expect(data).not.toEqual([])
            paged.push(...data.map(({ id }) => id))
          }
          expect(paged).toEqual(whole.map(({ id }) => id))
        },
      ),
      { numRuns: 25, endOnFailure: true },
    )
  })

  test('hold every row that stays once, while others come and go', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 6, maxLength: 20 }), sort, async (rows, sort) => {
        const organization_id = await makeLeads(rows)
        const first = await prisma().lead.findMany({ where: { organization_id }, select: { id: true } })
        const leaving = new Set(first.slice(0, 3).map(({ id }) => id))
        const seen: string[] = []
        for await (const data of pages(organization_id, sort, 2)) {
          seen.push(...data.map(({ id }) => id))
          const [gone] = leaving
          if (gone) await prisma().lead.deleteMany({ where: { id: gone } })
          leaving.delete(gone ?? '')
          const [copy] = rows
          if (copy && seen.length < 12) {
            await prisma().lead.create({ data: { ...copy, organization_id, environment: 'live' } })
          }
        }
        expect(new Set(seen).size).toBe(seen.length)
        for (const { id } of first.slice(3)) expect(seen).toContain(id)
      }),
      { numRuns: 15, endOnFailure: true },
    )
  })
})
