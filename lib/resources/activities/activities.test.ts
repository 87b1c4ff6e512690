import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { deleteKey } from '@/lib/keys/life/delete'
import { activitiesContract } from '@/lib/resources/activities/contract'
import { ask, refusal } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

const { list } = activitiesContract.operations
let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['activities:read', 'contacts:write'] })).key
})

const minute = (count: number) => new Date(Date.UTC(2026, 0, 1, 0, count))
const append = (type: string, at: Date, contact_id: string | null = null, environment: 'live' | 'test' = 'live') =>
  prisma().activity.create({
    data: {
      organization_id: organization.id,
      environment,
      type,
      at,
      contact_id,
      actor_kind: 'key',
      actor_label: 'lk_live_000000',
      subject_kind: 'contact',
      subject_id: unusedId(),
    },
  })
const seen = async (query: Record<string, string> = {}) =>
  (await ask(list, { key, query })).data.map(({ at, type }) => `${at.getUTCMinutes()} ${type}`)

describe('the stream', () => {
  test('tells who did what to which row', async () => {
    const created = await callApi('/contacts', { method: 'POST', key, body: { email: 'ada@example.com' } })
    const { id } = await created.json()
    const { data } = await ask(list, { key })
    const acting = await prisma().apiKey.findFirstOrThrow({ where: { organization_id: organization.id } })
    expect(data).toMatchObject([
      {
        type: 'contact.created',
        actor: { kind: 'key', id: acting.id, label: acting.key_prefix },
        subject: { kind: 'contact', id },
        contact_id: id,
        data: {},
      },
    ])
  })

  test('names a key that was deleted as that, and keeps no prefix of it', async () => {
    const other = await makeKey(organization, { scopes: ['contacts:write'] })
    await callApi('/contacts', { method: 'POST', key: other.key, body: { email: 'ada@example.com' } })
    await callApi('/contacts', { method: 'POST', key, body: { email: 'bob@example.com' } })
    await deleteKey(operator(organization), { id: other.id })
    const { data } = await ask(list, { key })
    const acting = await prisma().apiKey.findFirstOrThrow({ where: { organization_id: organization.id } })
    expect(data.map(({ actor }) => actor)).toEqual([
      { kind: 'key', id: acting.id, label: acting.key_prefix },
      { kind: 'key', id: other.id, label: 'a deleted key' },
    ])
    expect(JSON.stringify(data)).not.toContain(other.key_prefix)
  })

  test('has the newest first, and is narrowed by contact, type and time', async () => {
    const contact_id = unusedId()
    await append('contact.created', minute(1), contact_id)
    await append('contact.updated', minute(2), contact_id)
    await append('task.created', minute(3), contact_id)
    await append('task.created', minute(4))
    await append('task.created', minute(5), null, 'test')
    expect(await seen()).toEqual(['4 task.created', '3 task.created', '2 contact.updated', '1 contact.created'])
    expect(await seen({ sort: 'at', limit: '1' })).toEqual(['1 contact.created'])
    expect(await seen({ contact_id })).toEqual(['3 task.created', '2 contact.updated', '1 contact.created'])
    expect(await seen({ contact_id, type: 'task.created' })).toEqual(['3 task.created'])
    expect(await seen({ type: 'task.created' })).toEqual(['4 task.created', '3 task.created'])
    const after = minute(1).toISOString()
    const before = minute(3).toISOString()
    expect(await seen({ after, before })).toEqual(['2 contact.updated'])
    expect(await seen({ contact_id: unusedId() })).toEqual([])
  })

  test('is paged without a gap where many happened in one millisecond', async () => {
    for (let count = 0; count < 7; count += 1) await append('task.created', minute(1))
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, string> = { limit: '3', ...(cursor && { cursor }) }
      const page: { data: { id: string }[]; next_cursor: string | null } = await ask(list, { key, query })
      ids.push(...page.data.map(({ id }) => id))
      cursor = page.next_cursor
    } while (cursor)
    expect(new Set(ids).size).toBe(7)
    expect(ids).toHaveLength(7)
  })

  test('refuses a type that there is not', async () => {
    expect((await refusal(list, { key, query: { type: 'contact.eaten' } })).errors).toMatchObject([{ path: 'type' }])
  })
})
