import { beforeEach, describe, expect, test } from 'vitest'
import { formsContract } from '@/lib/resources/forms/contract'
import { ask, refusal } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const { create, update, submit, disable, listSubmissions, getSubmission } = formsContract.operations
const EMAIL = { name: 'email', kind: 'email', label: 'Email', required: true }
const TEXT = { name: 'why', kind: 'text', label: 'Why' }

let key = ''
beforeEach(async () => {
  key = (await makeKey(await makeOrganization(), { scopes: ['forms:read', 'forms:write'] })).key
})

const make = (fields: object[] = [EMAIL, TEXT]) => ask(create, { key, body: { name: 'Contact us', fields } })

describe('the fields of a form', () => {
  test('come back as they were sent, with what was left out', async () => {
    const { fields } = await make([EMAIL, { name: 'size', kind: 'select', label: 'Size', choices: ['S', 'L'] }])
    expect(fields).toEqual([
      { ...EMAIL, help: null },
      { name: 'size', kind: 'select', label: 'Size', required: false, help: null, choices: ['S', 'L'] },
    ])
  })

  test.each([
    ['fields', []],
    ['fields', [TEXT]],
    ['fields', [{ ...EMAIL, required: false }]],
    ['fields.0.kind', [{ ...EMAIL, kind: 'text' }]],
    ['fields.1.name', [EMAIL, { ...TEXT, name: 'email', kind: 'email' }]],
    ['fields.1.name', [EMAIL, { ...TEXT, name: '_website' }]],
    ['fields.1.name', [EMAIL, { ...TEXT, name: '__proto__' }]],
    ['fields.1.kind', [EMAIL, { ...TEXT, name: 'phone' }]],
    ['fields.1.kind', [EMAIL, { ...TEXT, kind: 'file' }]],
    ['fields.1.choices', [EMAIL, { ...TEXT, kind: 'select' }]],
    ['fields.1.choices', [EMAIL, { ...TEXT, kind: 'select', choices: ['a', 'a'] }]],
    ['fields.1.choices', [EMAIL, { ...TEXT, choices: ['a'] }]],
    ['fields', [EMAIL, ...Array.from({ length: 30 }, (_, index) => ({ ...TEXT, name: `n${index}` }))]],
  ])('are refused at %s, and leave those that there were', async (path, fields) => {
    const { id } = await make()
    for (const wrong of [
      await refusal(create, { key, body: { name: 'x', fields } }),
      await refusal(update, { key, params: { id }, body: { fields } }),
    ]) {
      expect(wrong).toMatchObject({ code: 'validation_failed', errors: [{ path }] })
    }
  })
})

test.each([
  'http://example.com',
  'javascript:alert(1)',
  '//example.com',
  'https://user:secret@example.com',
  '/thanks',
  'https://',
])('a form leads nobody to %s', async (redirect_url) => {
  const body = { name: 'x', fields: [EMAIL], redirect_url }
  expect((await refusal(create, { key, body })).errors).toMatchObject([{ path: 'redirect_url' }])
})

describe('answers that a key submits', () => {
  test('are judged as everybody’s, and listed', async () => {
    const { id } = await make()
    const params = { id }
    const made = await ask(submit, { key, params, body: { answers: { email: 'Ada@example.com', why: 'Tea' } } })
    expect(made).toMatchObject({
      form_id: id,
      email: 'ada@example.com',
      answers: { email: 'ada@example.com', why: 'Tea' },
    })
    const wrong = await refusal(submit, { key, params, body: { answers: { why: '', other: 'x' } } })
    expect(wrong.errors?.map(({ path }) => path)).toEqual(['answers.email', 'answers.other'])
    const { data } = await ask(listSubmissions, { key, params, query: { email: 'ada@example.com' } })
    expect(data).toEqual([made])
  })

  test('are refused by a form that is disabled, and found in their own form only', async () => {
    const [one, other] = [await make(), await make()]
    const body = { answers: { email: 'ada@example.com' } }
    const { id: submission_id } = await ask(submit, { key, params: { id: one.id }, body })
    const elsewhere = { id: other.id, submission_id }
    expect((await refusal(getSubmission, { key, params: elsewhere })).code).toBe('not_found')
    await ask(disable, { key, params: { id: one.id } })
    expect((await refusal(submit, { key, params: { id: one.id }, body })).code).toBe('wrong_state')
  })
})
