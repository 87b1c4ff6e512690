import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { addMember } from '@/lib/people/members/add'
import { createOrganization } from '@/lib/people/organizations/create'
import { operatorContext, operatorContextOfKey } from '@/lib/people/organizations/operator-context'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { setOrganization } from '@/lib/people/organizations/set'
import { verifyPassword } from '@/lib/people/sign-in/password'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const NEW = { name: 'Gamma', plan: 'free', developer_api: false } as const
const auditOf = (target_id: string) => prisma().auditEntry.findMany({ where: { target_id }, orderBy: { id: 'asc' } })

describe('an organisation', () => {
  test('is made once per slug, audited', async () => {
    const made = await createOrganization(platformContext(), { slug: 'gamma', ...NEW })
    const again = createOrganization(platformContext(), { slug: 'gamma', ...NEW })
    await expect(again).rejects.toMatchObject({ code: 'already_exists' })
    expect(await auditOf(made.id)).toMatchObject([
      { action: 'organization.created', actor_kind: 'operator', organization_id: made.id, target_label: 'gamma' },
    ])
  })

  test('is changed in what is named only, audited with before and after', async () => {
    const { id, slug } = await makeOrganization({ plan: 'pro', developer_api: false, rate_limit: null })
    await setOrganization(platformContext(), { slug, developer_api: true })
    const changed = await setOrganization(platformContext(), { slug, rate_limit: 7 })
    expect(changed).toMatchObject({ plan: 'pro', developer_api: true, rate_limit: 7 })
    expect(await auditOf(id)).toMatchObject([
      { before: { developer_api: false }, after: { developer_api: true } },
      { action: 'organization.changed', before: { rate_limit: null }, after: { rate_limit: 7 } },
    ])
  })

  test('that does not exist cannot be changed or acted in', async () => {
    await expect(setOrganization(platformContext(), { slug: 'none', plan: 'pro' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(operatorContext('none')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a member', () => {
  test('who is new gets a password that opens the account, and is stored as a hash', async () => {
    const { slug } = await makeOrganization()
    const added = await addMember(await operatorContext(slug), { email: 'new@gamma.test', role: 'admin' })
    expect(added).toMatchObject({ name: 'new', developer: true })
    const { password_hash } = await prisma().user.findUniqueOrThrow({ where: { id: added.user_id } })
    expect(await verifyPassword(password_hash, added.password ?? '')).toBe(true)
    expect(JSON.stringify(await auditOf(added.user_id))).not.toContain(added.password)
    expect(await auditOf(added.user_id)).toMatchObject([{ action: 'member.added', after: { role: 'admin' } }])
  })

  test('who is known keeps the password and the name', async () => {
    const [first, second] = [await makeOrganization(), await makeOrganization()]
    const before = await addMember(await operatorContext(first.slug), {
      email: 'known@gamma.test',
      name: 'K',
      role: 'member',
    })
    const again = { email: 'known@gamma.test', role: 'member' as const, accept_unproven_email: true }
    const after = await addMember(await operatorContext(second.slug), again)
    expect(after).toEqual({ ...before, password: null, developer: false })
  })

  test('is added once, also when two try at once', async () => {
    const { slug } = await makeOrganization()
    const add = async () => addMember(await operatorContext(slug), { email: 'twice@gamma.test', role: 'member' })
    const outcomes = await Promise.all(
      [add(), add()].map((adding) => adding.then(() => 'added').catch(({ code }) => code)),
    )
    expect(outcomes.sort()).toEqual(['added', 'already_exists'])
  })
})

describe('an operator who names a key', () => {
  test('acts in its organisation, by id or by prefix', async () => {
    const organization = await makeOrganization()
    const { id, key_prefix } = await makeKey(organization)
    for (const name of [id, key_prefix]) {
      const found = await operatorContextOfKey(name)
      expect(found).toMatchObject({ id, context: { organization: { id: organization.id }, origin: NO_ORIGIN } })
    }
    await expect(operatorContextOfKey('lk_live_none00')).rejects.toMatchObject({ code: 'not_found' })
  })
})
