import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { formsContract } from '@/lib/resources/forms/contract'
import { ask } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const { create, submit } = formsContract.operations

test('what is answered to a form makes a lead, or belongs to the one that is named', async () => {
  const { key } = await makeKey(await makeOrganization(), { scopes: ['forms:write'] })
  const fields = [
    { name: 'email', kind: 'email', label: 'Email', required: true },
    { name: 'why', kind: 'text', label: 'Why' },
  ]
  const params = { id: (await ask(create, { key, body: { name: 'Contact us', fields } })).id }
  const made = await ask(submit, { key, params, body: { answers: { email: 'Ada@example.com', why: 'Tea' } } })
  const lead = await prisma().lead.findUniqueOrThrow({ where: { id: made.lead_id ?? '' } })
  expect(lead).toMatchObject({ email: 'ada@example.com', custom_fields: { why: 'Tea' }, source: 'Contact us' })
  const again = await ask(submit, { key, params, body: { answers: { email: 'b@example.com' }, lead_id: lead.id } })
  expect(again.lead_id).toBe(lead.id)
})
