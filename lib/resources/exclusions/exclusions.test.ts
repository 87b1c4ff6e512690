import { beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { findExclusions } from '@/lib/kernel/exclusions/find'
import { exclusionsContract } from '@/lib/resources/exclusions/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const operations = exclusionsContract.operations
let key = ''
let tenant = { organization_id: '', environment: 'live' as const }
beforeEach(async () => {
  const organization = await makeOrganization()
  tenant = { organization_id: organization.id, environment: 'live' }
  key = (await makeKey(organization, { scopes: ['exclusions:read', 'exclusions:write'] })).key
})

const exclude = (kind: string, value: string) => ask(operations.create, { key, body: { kind, value } })
const find = (...emails: string[]) => findExclusions(prisma(), tenant, emails)

describe('an exclusion', () => {
  test('is there once, however its value is written', async () => {
    const first = await exclude('domain', 'example.com')
    for (const value of ['example.com', ' EXAMPLE.com ', 'Example.Com.']) {
      const body = { kind: 'domain', value }
      expect(await refusal(operations.create, { key, body })).toMatchObject({
        code: 'already_exists',
        existing_id: first.id,
      })
    }
    expect((await exclude('email', 'Ada@Example.com')).value).toBe('ada@example.com')
  })

  test('of two made at the same time one is there, and the other is told which', async () => {
    const body = { kind: 'email', value: 'ada@example.com' }
    const replies = await Promise.all(Array.from({ length: 12 }, () => send(operations.create, { key, body })))
    const [row] = (await ask(operations.list, { key })).data
    const bodies = await Promise.all(replies.map((reply) => reply.json()))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(bodies.filter(({ existing_id }) => existing_id === row?.id)).toHaveLength(11)
  })

  test('is refused where its value is not of its kind, at the value', async () => {
    for (const [kind, value] of [
      ['email', 'example.com'],
      ['domain', 'ada@example.com'],
      ['domain', 'com'],
      ['domain', '192.0.2.1'],
      ['domain', 'exa mple.com'],
    ]) {
      const { errors } = await refusal(operations.create, { key, body: { kind, value } })
      expect(
        errors?.map(({ path }) => path),
        value,
      ).toEqual(['value'])
    }
  })

  test('tells of its making and its end', async () => {
    const { id } = await exclude('domain', 'example.com')
    await send(operations.delete, { key, params: { id } })
    const told = await prisma().activity.findMany({ where: { subject_id: id }, orderBy: { at: 'asc' } })
    expect(told).toMatchObject([
      { type: 'exclusion.created', data: { kind: 'domain', value: 'example.com' } },
      { type: 'exclusion.deleted', data: { kind: 'domain', value: 'example.com' } },
    ])
  })

  test('is found by what its value begins with, taken literally', async () => {
    await exclude('email', 'ada@example.com')
    await exclude('domain', 'ada.example')
    await exclude('domain', 'example.com')
    const values = async (query: Record<string, string>) =>
      (await ask(operations.list, { key, query })).data.map(({ value }) => value).sort()
    expect(await values({ q: 'ADA' })).toEqual(['ada.example', 'ada@example.com'])
    expect(await values({ q: 'ada', kind: 'domain' })).toEqual(['ada.example'])
    expect(await values({ q: 'example.c' })).toEqual(['example.com'])
    expect(await values({ q: '%' })).toEqual([])
    expect(await values({ q: 'ada_' })).toEqual([])
  })
})

describe('who is excluded', () => {
  test('is the email of a rule, and everybody at a domain or below it', async () => {
    const email = await exclude('email', 'ada@example.com')
    const domain = await exclude('domain', 'mail.example.org')
    const excluded = await find(
      'ada@example.com',
      'bea@example.com',
      'ada@mail.example.com',
      'cem@mail.example.org',
      'dan@eu.mail.example.org',
      'eva@example.org',
      'fay@notmail.example.org',
    )
    expect(Object.fromEntries([...excluded].map(([address, { id }]) => [address, id]))).toEqual({
      'ada@example.com': email.id,
      'cem@mail.example.org': domain.id,
      'dan@eu.mail.example.org': domain.id,
    })
  })

  test('is decided by the narrowest rule, and by rules of the tenant only', async () => {
    await exclude('domain', 'example.com')
    const narrow = await exclude('domain', 'eu.example.com')
    expect((await find('ada@eu.example.com')).get('ada@eu.example.com')?.id).toBe(narrow.id)
    const { id } = await makeOrganization()
    const others = { organization_id: id, environment: 'live' as const }
    expect((await findExclusions(prisma(), others, ['ada@example.com'])).size).toBe(0)
    const sandbox = { ...tenant, environment: 'test' as const }
    expect((await findExclusions(prisma(), sandbox, ['ada@example.com'])).size).toBe(0)
  })
})
