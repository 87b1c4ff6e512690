import { beforeEach, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import { formsContract } from '@/lib/resources/forms/contract'
import { ask, send } from '@/lib/testing/ask'
import { callForm } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const { create, submit, delete: remove } = formsContract.operations
const FIELDS = [
  { name: 'email', kind: 'email', label: 'Email', required: true },
  { name: 'company', kind: 'text', label: 'Company' },
  { name: 'notes', kind: 'long_text', label: 'Notes' },
  { name: 'why', kind: 'text', label: 'Why' },
]

let organization: ActingOrganization
beforeEach(async () => {
  organization = await makeOrganization()
})

async function makeForm(environment: Environment = 'live') {
  const { key } = await makeKey(organization, { environment, scopes: ['forms:write'] })
  return { key, ...(await ask(create, { key, body: { name: 'Contact us', fields: FIELDS } })) }
}

const leads = () => prisma().lead.findMany({ where: { organization_id: organization.id } })

test('what is answered on the page of a form makes a lead, and both are told', async () => {
  const { public_id } = await makeForm()
  const body = { email: 'Ada@example.com', company: ' Acme ', notes: 'One\nTwo', why: 'Tea' }
  await callForm(public_id, { method: 'POST', body })
  const [lead] = await leads()
  expect(lead).toMatchObject({
    email: 'ada@example.com',
    company: 'Acme',
    notes: 'One\nTwo',
    source: 'Contact us',
    environment: 'live',
    custom_fields: { why: 'Tea' },
  })
  const told = await prisma().activity.findMany({ where: { organization_id: organization.id, actor_kind: 'form' } })
  expect(told.map(({ type }) => type).toSorted()).toEqual(['form.submitted', 'lead.created'])
  expect(told.find(({ type }) => type === 'form.submitted')).toMatchObject({ data: { lead_id: lead?.id } })
})

test('what is answered to a form of the sandbox makes test leads', async () => {
  const { public_id } = await makeForm('test')
  await callForm(public_id, { method: 'POST', body: { email: 'ada@example.com' } })
  expect(await leads()).toMatchObject([{ environment: 'test' }])
})

test('what a key submits to a form makes a lead, or belongs to the one that is named; a lead outlives the form', async () => {
  const { key, id } = await makeForm()
  const params = { id }
  const made = await ask(submit, { key, params, body: { answers: { email: 'Ada@example.com', why: 'Tea' } } })
  const [lead] = await leads()
  expect([lead?.id, lead?.custom_fields]).toEqual([made.lead_id, { why: 'Tea' }])
  const again = await ask(submit, { key, params, body: { answers: { email: 'b@example.com' }, lead_id: made.lead_id } })
  expect(again.lead_id).toBe(made.lead_id)
  expect((await send(remove, { key, params })).status).toBe(204)
  expect(await leads()).toHaveLength(1)
})
