import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import { callApi, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

let key = ''
let organization: ActingOrganization
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['tasks:read', 'tasks:write'] })).key
})

const task = z.object({ id: z.string(), lead_id: z.string().nullable() })

const leadOf = async ({ id }: { id: string }, environment: Environment = 'live') =>
  (await prisma().lead.create({ data: { organization_id: id, environment, email: `${unusedId()}@example.com` } })).id

const create = (lead_id?: string) => callApi('/tasks', { method: 'POST', key, body: { title: 'Call back', lead_id } })
const change = (id: string, lead_id: string | null) =>
  callApi(`/tasks/${id}`, { method: 'PATCH', key, body: { lead_id } })
const wrongFields = async (reply: Response) => (await readProblem(reply)).errors?.map(({ path }) => path)

describe('the link of a task to a lead', () => {
  test('is made, cleared and made again, and narrows the list', async () => {
    const lead_id = await leadOf(organization)
    await create()
    const made = task.parse(await (await create(lead_id)).json())
    expect(made.lead_id).toBe(lead_id)
    expect(task.parse(await (await change(made.id, null)).json()).lead_id).toBeNull()
    expect(task.parse(await (await change(made.id, lead_id)).json()).lead_id).toBe(lead_id)
    const listed = await (await callApi(`/tasks?lead_id=${lead_id}`, { key })).json()
    expect(z.object({ data: z.array(task) }).parse(listed).data).toEqual([{ id: made.id, lead_id }])
  })

  test('is refused where it goes elsewhere', async () => {
    const { id } = task.parse(await (await create()).json())
    const elsewhere = [unusedId(), await leadOf(await makeOrganization()), await leadOf(organization, 'test')]
    for (const lead_id of elsewhere) {
      expect(await wrongFields(await create(lead_id))).toEqual(['lead_id'])
      expect(await wrongFields(await change(id, lead_id))).toEqual(['lead_id'])
    }
  })

  test('is refused where the lead is being deleted at that moment', async () => {
    const id = await leadOf(organization)
    const reply = await overlap(
      (db) => db.lead.delete({ where: { id } }),
      () => create(id),
    )
    expect(await wrongFields(reply)).toEqual(['lead_id'])
  })
})
