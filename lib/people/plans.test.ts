import { beforeAll, describe, expect, test } from 'vitest'
import type { ActingOrganization, Context, MemberActor } from '@/lib/kernel/actors/context'
import { pool } from '@/lib/kernel/db/client'
import { listAffectedKeys } from '@/lib/people/members/list-affected-keys'
import { listMembersWithKeys } from '@/lib/people/members/list-with-keys'
import { removeMember } from '@/lib/people/members/remove'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { getPlatformOrganization } from '@/lib/people/platform/get-organization'
import { listPlatformOrganizations } from '@/lib/people/platform/list-organizations'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { makeManyKeys, vacuum } from '@/lib/testing/many-keys'
import { plansOf } from '@/lib/testing/plans'

/** How Postgres counts keys and members for the pages about people, where one organisation has most and many have some. */

useOwnDatabase()

let organization: ActingOrganization
let chief: Context<MemberActor>
let maker: string

beforeAll(async () => {
  organization = await makeOrganization({ plan: 'enterprise' })
  chief = (await makeMember(organization)).ctx
  maker = (await makeMember(organization)).user.id
  await makeManyKeys({ organization_id: organization.id, created_by: maker, count: 3_000 })
  await makeManyKeys({ organization_id: organization.id, count: 5_000 })
  for (let other = 0; other < 60; other++) {
    const { id, ...rest } = await makeOrganization()
    await makeMember({ id, ...rest })
    await pool().query(
      `WITH made AS (INSERT INTO users (id, email, name)
         SELECT gen_random_uuid(), gen_random_uuid() || '@acme.test', 'Ada' FROM generate_series(1, 100) RETURNING id)
       INSERT INTO memberships (organization_id, user_id, role) SELECT $1, id, 'member' FROM made`,
      [id],
    )
    await makeManyKeys({ organization_id: id, count: 500 })
  }
  await vacuum()
}, 120_000)

describe('the keys of one person', () => {
  test('are counted in an index alone for the list of members', async () => {
    const [plan] = await plansOf(() => listMembersWithKeys(chief, { limit: 25 }))
    expect(plan).toMatch(/Index Only Scan using api_keys_makers/)
  })

  test('are found by themselves before and in a removal', async () => {
    const plans = await plansOf(() => listAffectedKeys(chief, { id: maker, changes: null }))
    expect(plans).toHaveLength(2)
    const keys = { keep: [], revoke: [], others: 'revoke' as const }
    plans.push(...(await plansOf(() => removeMember(chief, { id: maker, keys }))))
    for (const plan of plans) expect(plan).toMatch(/api_keys_(makers|created_by_idx)/)
    // Locked, sorted by what becomes of them, revoked: however many there are.
    expect(plans).toHaveLength(5)
  })
})

describe('the console', () => {
  const expectOwnCounts = (plans: string[]) => {
    expect(plans.length).toBeGreaterThan(0)
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (api_keys|memberships)/)
  }

  test('counts for the organisations of the page alone', async () => {
    const plans = await plansOf(() => listPlatformOrganizations(platformContext(), { limit: 10 }))
    expect(plans.join('\n')).toMatch(
      /Index Only Scan using api_keys_[^\n]*\n\s*Index Cond: \(organization_id = o\.id\)/,
    )
    expectOwnCounts(plans)
  })

  test('counts for one organisation alone', async () => {
    const { slug } = organization
    expectOwnCounts(await plansOf(() => getPlatformOrganization(platformContext(), { slug })))
  })
})
