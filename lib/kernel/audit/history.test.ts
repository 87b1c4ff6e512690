import { expect, test } from 'vitest'
import { historyQuery } from '@/lib/kernel/audit/contract'
import { historyOf } from '@/lib/kernel/audit/history'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

test('what was done to a target is told to its own organisation only', async () => {
  const [own, other] = [await makeOrganization(), await makeOrganization()]
  const { id: target_id } = await makeKey(own)
  const actionsFor = async (organization: typeof own) =>
    (await historyOf(operator(organization), { target_id, ...historyQuery.parse({}) })).data.map(({ action }) => action)
  expect(await actionsFor(own)).toEqual(['api_key.created'])
  expect(await actionsFor(other)).toEqual([])
})
