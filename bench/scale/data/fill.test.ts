import { beforeAll, describe, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { KEY_STATUSES } from '@/lib/contracts/key-terms'
import { prisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { ensureFilled } from '../databases'
import { inProcess, Side } from '../side'
import { smallSizes } from '../sizes'
import { admit } from '../visitors'
import { everything } from '../what/what'
import { MAKER_EMAIL, MEASURED_SLUG } from './people-rows'

useOwnDatabase()

const MARK = 'scale of a test'
let side: Side

/** As a run begins. */
async function begin() {
  const { databaseUrl, authSecret } = runtime()
  side = new Side(inProcess(await admit(databaseUrl, authSecret)), async () => {})
}

beforeAll(async () => {
  await ensureFilled(runtime().databaseUrl, smallSizes(), MARK, () => {})
  await begin()
})

/** The page of setting up is there for the first platform admin only. */
const GONE = 'GET dashboard /setup'

/** Each parameter of each list once, with a value that a row has where there is one: the other words and orders cost time only. */
const askedOnce = () => {
  const reads = everything().filter(({ group, changes, page }) => !changes && !page && group !== GONE)
  const kinds = new Map(reads.map((one) => [`${one.group}${one.asked.replace(/=[^&]+/g, '')}`, one]))
  return [...kinds].filter(([kind]) => !kind.includes('&')).map(([, one]) => one)
}

/** Hundreds of calls, one after the other. */
const PATIENCE_MS = 60_000

describe('the data of the measurements', () => {
  test(
    'answers every way in which a list, a page of it, or a row is asked for',
    async () => {
      const wrong: string[] = []
      for (const { group, asked, prepare } of askedOnce()) {
        const status = await (await prepare(side))?.()
        if (status !== 200) wrong.push(`${group} ${asked}: ${status ?? 'no row has such a value'}`)
      }
      expect(wrong).toEqual([])
    },
    PATIENCE_MS,
  )

  test(
    'has rows for every change to happen to',
    async () => {
      const nothing: string[] = []
      for (const { group, changes, prepare } of everything()) {
        if (!changes) continue
        const status = await (await prepare(side))?.()
        // A wrong state is found by the same statement.
        if (![200, 201, 204, 409].includes(status ?? 0)) nothing.push(`${group}: ${status}`)
      }
      expect(nothing).toEqual([])
    },
    PATIENCE_MS,
  )

  test.each(KEY_STATUSES)('has keys that are %s', async (status) => {
    const { data } = await side.page({ path: `/api/v1/api_keys?status=${status}`, by: 'key' })
    expect(data.length).toBeGreaterThan(0)
  })

  test('has a member who made three tenths of the keys', async () => {
    const keys = (where: object) =>
      prisma().apiKey.count({ where: { organization: { slug: MEASURED_SLUG }, playground: false, ...where } })
    const share = (await keys({ creator: { email: MAKER_EMAIL } })) / (await keys({}))
    expect(share).toBeGreaterThan(0.25)
  })

  test('is at the beginning of a run as it was made, whatever the run before has made', async () => {
    const newest = async () => (await side.page({ path: '/api/v1/sequences?limit=1', by: 'key' })).data[0]?.id
    await begin()
    const first = await newest()
    await (
      await everything()
        .find(({ group }) => group === 'POST /sequences')
        ?.prepare(side)
    )?.()
    expect(await newest()).not.toBe(first)
    await begin()
    expect(await newest()).toBe(first)
    const { data } = await side.page({ path: `/api/v1/sequences/${first}/enrollments`, by: 'key' })
    expect(data.length).toBeGreaterThan(0)
  })

  test('is made once, and never into a database that holds something else', async () => {
    const organizations = await prisma().organization.count()
    await ensureFilled(runtime().databaseUrl, smallSizes(), MARK, () => {})
    expect(await prisma().organization.count()).toBe(organizations)
    await expect(ensureFilled(runtime().databaseUrl, smallSizes(), 'scale 1', () => {})).rejects.toThrow(
      `holds ${MARK}, and scale 1 was asked for`,
    )
  })
})
