import { expect, test } from 'vitest'
import { AUDITED } from '@/lib/contracts/audited'
import type { Resource } from '@/lib/contracts/rows/resource'
import { eventExamples } from '@/lib/docs/event-examples'
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

/** The activities of an organisation in which each change of a resource has been made once, by its example. */
async function happenings(resource: Resource) {
  const organization = await makeOrganization()
  await makeMember(organization)
  const changes = OPERATIONS.filter((one) => one.resource === resource && one.operation.method !== 'get')
  for (const { operation } of changes) {
    // Some changes end the key that makes them.
    const { key } = await makeKey(organization, { scopes: ['admin'] })
    const path = await pathOfRow(operation, key)
    await callApi(path, { ...(await sampleCall(operation, rowsOf(key))), key })
  }
  return prisma().activity.findMany({ where: { organization_id: organization.id } })
}

test('the examples tell what real events of the same types tell', async () => {
  const happened = (await Promise.all(RESOURCES.map(happenings))).flat()
  expect(new Set(happened.map(({ type }) => type)).size).toBeGreaterThan(20)
  for (const { type, data, subject_kind, sequence, contact_id } of happened) {
    const details = Object.fromEntries(Object.keys(Object(data)).map((name) => [name, expect.anything()]))
    expect(examples.get(type), type).toMatchObject({ data: { subject: { kind: subject_kind }, details } })
    if (sequence !== null) expect(examples.get(type), type).toMatchObject({ data: { sequence: expect.any(Number) } })
    if (contact_id !== null)
      expect(examples.get(type), type).toMatchObject({ data: { contact_id: expect.any(String) } })
  }
}, 60_000)
