import { expect, test } from 'vitest'
import { eventExamples } from '@/lib/docs/event-examples'
import { AUDITED } from '@/lib/kernel/audit/register'
import { prisma } from '@/lib/kernel/db/client'
import { CATALOGUE, RESOURCES } from '@/lib/resources/register'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { OPERATIONS, pathOfRow, rowsOf, sampleCall } from '@/lib/testing/operations'

useOwnDatabase()
useMailSettings()

const examples = new Map(eventExamples().flatMap(({ events }) => events.map(({ type, payload }) => [type, payload])))

test('every event has an example, and what is audited of a resource is audited', () => {
  expect([...examples.keys()].toSorted()).toEqual([...new Set(CATALOGUE.event_types)].toSorted())
  for (const type of RESOURCES.flatMap(({ audited = [] }) => audited)) expect(Object.keys(AUDITED)).toContain(type)
})

test('the examples tell what real events of the same types tell', async () => {
  const organization = await makeOrganization()
  await makeMember(organization)
  for (const { operation } of OPERATIONS.filter(({ operation: { method } }) => method !== 'get')) {
    const { key } = await makeKey(organization, { scopes: ['admin'] })
    const path = await pathOfRow(operation, key)
    await callApi(path, { ...(await sampleCall(operation, rowsOf(key))), key })
  }
  const happened = await prisma().activity.findMany({ where: { organization_id: organization.id } })
  expect(new Set(happened.map(({ type }) => type)).size).toBeGreaterThan(20)
  for (const { type, data, subject_kind, sequence, contact_id } of happened) {
    const details = Object.fromEntries(Object.keys(Object(data)).map((name) => [name, expect.anything()]))
    expect(examples.get(type), type).toMatchObject({ data: { subject: { kind: subject_kind }, details } })
    if (sequence !== null) expect(examples.get(type), type).toMatchObject({ data: { sequence: expect.any(Number) } })
    if (contact_id !== null)
      expect(examples.get(type), type).toMatchObject({ data: { contact_id: expect.any(String) } })
  }
})
