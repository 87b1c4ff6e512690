import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { removeOldPlaygroundKeys } from '@/lib/keys/life/playground/remove-old'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, auditOf, hoursAway, makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

async function mint() {
  const { ctx } = await makeMember(await makeOrganization())
  return mintPlaygroundKey(ctx, { resource: 'contacts' })
}

describe('housekeeping', () => {
  const isThere = async (id: string) => (await prisma().apiKey.count({ where: { id } })) === 1

  test('removes playground keys a day after their end, be it their hour or a revocation, and audits it', async () => {
    const recent = await mint()
    const over = await mint()
    const ended = await mint()
    await callApi('/contacts', { key: over.key })
    await alterKey(recent.id, { created_at: hoursAway(-24.5), expires_at: hoursAway(-23.9) })
    await alterKey(over.id, { created_at: hoursAway(-25), expires_at: hoursAway(-24.1) })
    await alterKey(ended.id, {
      created_at: hoursAway(-24.5),
      expires_at: hoursAway(-23.9),
      revoked_at: hoursAway(-24.1),
    })
    await Promise.all([removeOldPlaygroundKeys(), removeOldPlaygroundKeys()])
    expect(await isThere(recent.id)).toBe(true)
    for (const { id, key_prefix } of [over, ended]) {
      expect(await isThere(id)).toBe(false)
      const entries = await auditOf(id)
      expect(entries.filter(({ action }) => action === 'api_key.deleted')).toMatchObject([
        { actor_kind: 'operator', actor_label: 'housekeeping', target_label: key_prefix },
      ])
    }
  })

  test('leaves nothing of the rate limit behind', async () => {
    const made = await mint()
    await callApi('/contacts', { key: made.key })
    const { lineage_id } = await prisma().apiKey.findUniqueOrThrow({ where: { id: made.id } })
    expect(await prisma().rateWindow.count({ where: { lineage_id } })).toBe(1)
    await alterKey(made.id, { created_at: hoursAway(-25), expires_at: hoursAway(-24.1) })
    await removeOldPlaygroundKeys()
    expect(await prisma().rateWindow.count({ where: { lineage_id } })).toBe(0)
  })

  test('never removes an ordinary key, whatever it is called', async () => {
    const organization = await makeOrganization()
    const { id } = await makeKey(organization, { name: 'Docs playground (temp)', environment: 'test' })
    await alterKey(id, { created_at: hoursAway(-50), expires_at: hoursAway(-49), revoked_at: hoursAway(-49) })
    await removeOldPlaygroundKeys()
    expect(await isThere(id)).toBe(true)
  })
})
