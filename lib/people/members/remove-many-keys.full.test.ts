import { monitorEventLoopDelay } from 'node:perf_hooks'
import { beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { listAffectedKeys } from '@/lib/people/members/list-affected-keys'
import { removeMember } from '@/lib/people/members/remove'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { makeManyKeys, vacuum } from '@/lib/testing/many-keys'

useOwnDatabase()

/** Of so many that are made, so many have not ended. */
const [MADE, IN_USE] = [37_600, 30_004]

async function setUp() {
  const organization = await makeOrganization({ plan: 'enterprise' })
  const [chief, maker] = [await makeMember(organization), await makeMember(organization)]
  await makeManyKeys({ organization_id: organization.id, created_by: maker.user.id, count: MADE })
  return { chief, id: maker.user.id }
}

/** How long `work` takes, and the longest that the event loop stood still meanwhile; both in milliseconds. */
async function measure(work: () => Promise<unknown>) {
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  const began = performance.now()
  await work()
  const took = performance.now() - began
  delays.disable()
  return { took, still: delays.max / 1e6 }
}

beforeAll(async () => {
  for (let other = 0; other < 20; other++) {
    const { id } = await makeOrganization()
    await makeManyKeys({ organization_id: id, count: 500 })
  }
}, 120_000)

test.each([
  ['revoked', 'revoke', 0],
  ['kept', 'keep', IN_USE],
] as const)(
  'a member with thirty thousand keys, all %s, is gone within three seconds, and nobody else waits',
  async (_, others, left) => {
    const { chief, id } = await setUp()
    await vacuum()
    const looked: Awaited<ReturnType<typeof listAffectedKeys>>[] = []
    const look = await measure(async () => looked.push(await listAffectedKeys(chief.ctx, { id, changes: null })))
    const [told] = looked
    expect(told?.count).toBe(IN_USE)
    expect(JSON.stringify(told).length).toBeLessThan(50_000)
    const removal = await measure(() =>
      removeMember(chief.ctx, { id, keys: { keep: [], revoke: [], others, seen: told?.seen ?? '' } }),
    )
    expect(removal.took).toBeLessThan(3_000)
    expect(look.took).toBeLessThan(1_000)
    expect(Math.max(look.still, removal.still)).toBeLessThan(100)
    const now = new Date()
    const working = { created_by: id, revoked_at: null, OR: [{ expires_at: null }, { expires_at: { gt: now } }] }
    const inUse = await prisma().apiKey.count({
      where: { AND: [working, { OR: [{ retires_at: null }, { retires_at: { gt: now } }] }] },
    })
    expect(inUse).toBe(left)
    const revocations = { action: 'api_key.revoked', reason: { contains: 'was removed.' } }
    const audited = { organization_id: chief.ctx.organization.id, ...revocations }
    expect(await prisma().auditEntry.count({ where: audited })).toBe(IN_USE - left)
  },
)
