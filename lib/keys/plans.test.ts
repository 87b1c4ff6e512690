import { beforeAll, describe, expect, test } from 'vitest'
import type { ActingOrganization, Context, MemberActor } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { searchKeysQuery } from '@/lib/keys/contract'
import { createKey } from '@/lib/keys/life/create'
import { countKeysInUse } from '@/lib/keys/life/key-limit'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { rotateKey } from '@/lib/keys/life/rotate'
import { listBreaches } from '@/lib/keys/policy/list-breaches'
import { updatePolicy } from '@/lib/keys/policy/update'
import { countConcerns } from '@/lib/keys/read/count-concerns'
import { searchKeys } from '@/lib/keys/read/search'
import { useOwnDatabase } from '@/lib/testing/database'
import { keyInput, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { makeManyKeys, vacuum } from '@/lib/testing/many-keys'
import { plansOf } from '@/lib/testing/plans'

/** How Postgres finds and counts keys, where one organisation has most of them and many others have some. */

useOwnDatabase()

let organization: ActingOrganization
let ctx: Context<MemberActor>

beforeAll(async () => {
  organization = await makeOrganization({ plan: 'enterprise' })
  const { user, ctx: acting } = await makeMember(organization)
  ctx = acting
  await makeManyKeys({ organization_id: organization.id, created_by: user.id, count: 8_000 })
  for (let other = 0; other < 60; other++) {
    const { id } = await makeOrganization()
    await makeManyKeys({ organization_id: id, count: 500 })
  }
  await vacuum()
}, 120_000)

const inIndexAlone = (index: string) => expect.stringMatching(new RegExp(`Index Only Scan using ${index} on api_keys`))

/** No plan looks at the keys of other organisations, nor at every row of the table. */
function expectOwnKeysOnly(plans: string[]) {
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans)
    expect(plan).not.toMatch(/Seq Scan on api_keys|using api_keys_pkey[^\n]*\n(?!\s*Index Cond)/)
}

describe('an index alone', () => {
  test('counts the places that are taken', async () => {
    expect(await plansOf(() => countKeysInUse(prisma(), organization.id))).toEqual([inIndexAlone('api_keys_lineages')])
  })

  test('counts them under the lock of a creation, and no further than the plan allows', async () => {
    const plans = await plansOf(() => createKey(ctx, keyInput()))
    const [counting] = plans.filter((plan) => plan.startsWith('Aggregate'))
    expect(counting).toEqual(inIndexAlone('api_keys_lineages'))
    expect(counting).toContain('Limit')
  })
})

describe('keys of one lineage, and of one minter,', () => {
  test('are found by themselves when a key is rotated', async () => {
    const key = await createKey(ctx, keyInput())
    const plans = await plansOf(() => rotateKey(ctx, { id: key.id, grace_hours: 0 }))
    expect(plans.join('\n')).toMatch(/api_keys_lineages[^\n]*\n\s*Index Cond: [^\n]*organization_id[^\n]*lineage_id/)
    expectOwnKeysOnly(plans)
  })

  test('are found by themselves when a playground key is minted', async () => {
    const plans = await plansOf(() => mintPlaygroundKey(ctx, { resource: 'contacts' }))
    expect(plans.filter((plan) => /api_keys_(minted|playground_idx)/.test(plan))).toHaveLength(2)
    expectOwnKeysOnly(plans)
  })
})

describe('the list', () => {
  const search = (fields: Record<string, string>) => searchKeys(ctx, searchKeysQuery.parse(fields))

  const asked: Record<string, string>[] = [
    {},
    { status: 'active' },
    { status: 'revoked' },
    { environment: 'test' },
    { concern: 'never_expires' },
  ]

  test.each(asked)('and its total look at the organisation’s keys alone: %o', async (fields) => {
    const plans = await plansOf(() => search(fields))
    expect(plans.length).toBeGreaterThanOrEqual(2)
    expectOwnKeysOnly(plans)
  })

  test.each([
    ['expiring', 'expires_at'],
    ['rotated', 'retires_at'],
    ['retiring', 'retires_at'],
  ])('of what is %s, and its total, begin at a date in an index', async (status, date) => {
    const plans = await plansOf(() => search({ status }))
    for (const plan of plans.filter((one) => one.includes('Limit'))) {
      expect(plan).toMatch(new RegExp(`Index Cond: [^\\n]*${date}`))
    }
  })
})

test('concerns are counted in one pass, which ends at a bound', async () => {
  const plans = await plansOf(() => countConcerns(ctx))
  expect(plans).toHaveLength(1)
  expect(plans[0]).toMatch(/Limit[\s\S]*on api_keys/)
  expectOwnKeysOnly(plans)
})

test('breaches of a policy are looked for in the order in which they are shown, up to a bound', async () => {
  const ranges = Array.from({ length: 100 }, (_, index) => `10.${index}.0.0/16`)
  await updatePolicy(ctx, { keys_must_expire: true, longest_lifetime_hours: null, allowed_ranges: ranges })
  const [plan] = await plansOf(() => listBreaches(ctx))
  expect(plan).toMatch(/Limit[\s\S]*Index Scan using api_keys_organization_id_created_at_id_idx/)
  expect(plan).not.toContain('Sort')
})
