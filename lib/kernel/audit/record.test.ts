import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { prisma } from '@/lib/kernel/db/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { createKey } from '@/lib/keys/life/create'
import { deleteKey } from '@/lib/keys/life/delete'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { updateKey } from '@/lib/keys/life/update'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, keyInput, makeKey, makeMember, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

describe('an audit entry', () => {
  test('is there exactly when the change is: a transaction that fails leaves neither', async () => {
    const organization = await makeOrganization()
    const ctx = operator(organization)
    const kept = await makeKey(organization)
    const failed = inTransaction(ctx, async (inner) => {
      await createKey(inner, keyInput())
      await updateKey(inner, { id: kept.id, changes: { name: 'Changed' } })
      await revokeKey(inner, { id: kept.id, leaked: true })
      await deleteKey(inner, { id: kept.id })
      throw new Error('after all of it')
    })
    await expect(failed).rejects.toThrow('after all of it')
    expect(await prisma().apiKey.findMany({ where: { organization_id: organization.id } })).toMatchObject([
      { id: kept.id, name: 'Test key', revoked_at: null },
    ])
    expect(await auditOf(kept.id)).toHaveLength(1)
    expect(await prisma().auditEntry.count({ where: { organization_id: organization.id } })).toBe(1)
  })

  test('names who acted as they were then, after they are gone', async () => {
    const organization = await makeOrganization()
    const { ctx, user } = await makeMember(organization)
    const { id } = await createKey(ctx, keyInput())
    await prisma().user.delete({ where: { id: user.id } })
    expect(await auditOf(id)).toMatchObject([{ actor_kind: 'member', actor_id: user.id, actor_label: user.email }])
  })

  test('of an operator says so', async () => {
    const { id } = await makeKey(await makeOrganization())
    expect(await auditOf(id)).toMatchObject([{ actor_kind: 'operator', actor_id: null, actor_label: 'tests' }])
  })

  test('of the platform belongs to no organisation', async () => {
    const target = { kind: 'organization', id: unusedId(), label: 'acme' }
    const actor = { kind: 'operator' as const, name: 'tests' }
    await prisma().$transaction((db) =>
      recordAudit({ db, actor, organization: null, origin: NO_ORIGIN }, { action: 'organization.created', target }),
    )
    expect(await auditOf(target.id)).toMatchObject([{ organization_id: null, target_kind: 'organization' }])
  })
})
