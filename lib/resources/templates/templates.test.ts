import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { emailsContract } from '@/lib/resources/emails/contract'
import { templatesContract } from '@/lib/resources/templates/contract'
import { ask, refusal } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const { create, update, get, preview, listVersions } = templatesContract.operations
const { send } = emailsContract.operations
let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  const scopes = ['templates:read', 'templates:write', 'emails:send', 'emails:read']
  key = (await makeKey(organization, { environment: 'test', scopes })).key
})

const NAME = { name: 'name', example: 'Ada' }
const GREETING = { name: 'Greeting', subject: 'Hi {{ name }}', text: 'Hello {{ name }}', variables: [NAME] }

const make = (fields: object = {}) => ask(create, { key, body: { ...GREETING, ...fields } })
const show = (id: string, variables?: object) =>
  ask(preview, { key, params: { id }, body: variables ? { variables } : {} })
const refused = async (fields: object) => {
  const problem = await refusal(create, { key, body: { ...GREETING, ...fields } })
  expect(problem).toMatchObject({ status: 422, code: 'validation_failed' })
  return problem.errors ?? []
}

describe('a preview', () => {
  test('shows the values that are given, and the examples of the others', async () => {
    const { id } = await make({
      text: '{{ name }} of {{ place }}',
      variables: [NAME, { name: 'place', example: 'Rome' }],
    })
    expect(await show(id)).toEqual({ subject: 'Hi Ada', html: null, text: 'Ada of Rome' })
    expect(await show(id, { name: 'Grace' })).toMatchObject({ subject: 'Hi Grace', text: 'Grace of Rome' })
    const problem = await refusal(preview, { key, params: { id }, body: { variables: { nmae: 'x' } } })
    expect(problem.errors).toMatchObject([{ path: 'variables.nmae' }])
  })

  test('escapes values in HTML, unless the template says otherwise, and nowhere else', async () => {
    const { id } = await make({ html: '<p title="{{ name }}">{{ name }}|{{ name | raw }}</p>' })
    const name = `<b>"&'`
    expect(await show(id, { name })).toEqual({
      subject: `Hi ${name}`,
      html: `<p title="&lt;b&gt;&quot;&amp;&#39;">&lt;b&gt;&quot;&amp;&#39;|${name}</p>`,
      text: `Hello ${name}`,
    })
  })

  test('keeps the subject in one line, whatever a value brings', async () => {
    const { id } = await make()
    for (const ending of ['\r\n', '\n', '\u2028', '\u0085', '\v']) {
      expect((await show(id, { name: `Ada${ending}Bcc: x@example.com` })).subject).toBe('Hi Ada Bcc: x@example.com')
    }
  })

  test('goes through lists of values', async () => {
    const variables = [{ name: 'items', example: [{ what: 'Tea', price: 3 }] }]
    const text = '{% for item in items %}{{ item.what }}: {{ item.price }}\n{% endfor %}'
    const { id } = await make({ subject: 'Yours', text, variables })
    const items = [
      { what: 'Tea', price: 3 },
      { what: 'Cake', price: 4.5 },
    ]
    expect((await show(id, { items })).text).toBe('Tea: 3\nCake: 4.5\n')
  })
})

describe('a template is refused at writing, by field and line,', () => {
  test.each([
    ['html', '<p>\n\n{{ name', 'Line 3: output "{{ name" not closed.'],
    ['text', 'a\n{% if name %}b', 'Line 2: tag {% if name %} not closed.'],
    ['text', 'a\n{{ name | shout }}', 'Line 2: undefined filter: shout.'],
    ['html', '{% include "other" %}', 'Line 1: tag "include" not found.'],
    ['html', '{% render "/etc/passwd" %}', 'Line 1: tag "render" not found.'],
    ['html', '{% layout "other" %}', 'Line 1: tag "layout" not found.'],
    ['text', 'a\n{{ nmae }}', 'Line 2: nmae is used, and not declared in variables.'],
    ['text', '{% if false %}\n{{ other.part }}{% endif %}', 'Line 2: other is used, and not declared in variables.'],
    ['text', 'a\n{{ ["(?<"] }}', 'Line 2: (?< is used, and not declared in variables.'],
    ['subject', '{{ 1 | nope }}', 'Line 1: undefined filter: nope.'],
    ['subject', '{% if false %}x{% endif %}', 'It has 0 characters: 1 to 300 make a subject.'],
  ])('%s: %j', async (path, source, message) => {
    expect(await refused({ [path]: source })).toEqual([{ path, message }])
  })

  test('also where only a patch makes it wrong, and it stays as it was', async () => {
    const made = await make()
    const params = { id: made.id }
    for (const [path, body] of [
      ['text', { variables: [] }],
      ['text', { text: null }],
      ['html', { html: '{{ other }}' }],
    ] as const) {
      const { errors } = await refusal(update, { key, params, body })
      expect(errors?.map((error) => error.path)).toContain(path)
    }
    expect(await ask(get, { key, params })).toEqual(made)
  })

  test.each([
    ['variables.0.name', [{ name: 'unsubscribe_url', example: 'x' }]],
    ['variables.0.name', [{ name: 'a b', example: 'x' }]],
    ['variables.0.name', [{ name: '__proto__', example: 'x' }]],
    ['variables.0.name', [{ name: 'empty', example: 'x' }]],
    ['variables', [NAME, NAME]],
    ['variables', Array.from({ length: 51 }, (_, n) => ({ name: `v${n}`, example: 'x' }))],
  ])('%s', async (path, variables) => {
    expect((await refused({ variables })).map((error) => error.path)).toContain(path)
  })
})

/** Templates that ask for more than there is, in time, memory, output or depth. */
const ROWS = { name: 'rows', example: Array.from({ length: 100 }, (_, n) => n) }
const BOMBS: [string, string][] = [
  ['loops in loops around nothing', `${'{% for a in rows %}'.repeat(8)}${'{% endfor %}'.repeat(8)}`],
  ['loops over great ranges', '{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}'],
  ['one greater range', '{% for a in (1..9999999999) %}{% endfor %}'],
  ['a text that doubles', '{% assign x = "ab" %}{% for a in rows %}{% assign x = x | append: x %}{% endfor %}'],
  [
    'a capture that doubles',
    '{% assign x = "ab" %}{% for a in rows %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}',
  ],
  ['more than there is room for', 'y'.repeat(200_001)],
  ['a long output', `{% for a in (1..5000) %}${'y'.repeat(9_000)}{% endfor %}`],
  ['a padded date', '{{ "now" | date: "%999999999s" }}'],
  ['deep nesting', `${'{% if rows %}'.repeat(200)}${'{% endif %}'.repeat(200)}`],
  ['deep brackets', `{{ ${'rows['.repeat(20_000)}0${']'.repeat(20_000)} }}`],
  ['many tags', '{{ rows }}'.repeat(15_000)],
  ['a long condition', `{% if rows${' or rows'.repeat(20_000)} %}{% endif %}`],
  ['tags that do not end', '{{'.repeat(90_000)],
]

describe('a template bomb', () => {
  test.each(BOMBS)('of %s is refused within a second', async (_, html) => {
    const began = performance.now()
    const errors = await refused({ html, variables: [NAME, ROWS] })
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(errors.map(({ path }) => path)).toEqual(['html'])
  })

  test.each([
    ['looks through all items for each of them', 'y', 8_000, 'where_exp: "item", "items contains 0"'],
    ['puts items in the order of what lies deep in them', 'y.', 10_000, 'sort: text'],
  ])('that %s, in one filter, is ended in its course', async (_, letters, count, filter) => {
    const text = `{% capture text %}${letters.repeat(count)}{% endcapture %}`
    const html = `${text}{% assign items = text | split: "${letters.slice(1)}" %}{{ items | ${filter} | size }}`
    expect(await refused({ html })).toEqual([{ path: 'html', message: 'It takes longer than a template may.' }])
  })

  test('that its values make is refused where it is used', async () => {
    const text = '{% for a in rows %}{% for b in rows %}{% for c in rows %}{{ c }}{% endfor %}{% endfor %}{% endfor %}'
    const { id } = await make({ text, variables: [NAME, { ...ROWS, example: [1] }] })
    const rows = Array.from({ length: 100 }, () => 'x'.repeat(100))
    const { errors } = await refusal(preview, { key, params: { id }, body: { variables: { rows } } })
    expect(errors).toEqual([{ path: 'text', message: 'Line 1: it does more than a template may.' }])
  })
})

test('reaches no property that a value has not itself', async () => {
  const { id } = await make({ text: '[{{ name.constructor.name }}{{ name.__proto__ }}]' })
  expect((await show(id)).text).toBe('[]')
})

describe('versions', () => {
  test('count what a template says, not what it is called, and keep all of it', async () => {
    const { id, current_version } = await make()
    const params = { id }
    expect(current_version).toBe(1)
    expect((await ask(update, { key, params, body: { name: 'Other' } })).current_version).toBe(1)
    expect((await ask(update, { key, params, body: { text: 'Dear {{ name }}' } })).current_version).toBe(2)
    expect((await ask(update, { key, params, body: { text: 'Dear {{ name }}' } })).current_version).toBe(2)
    const { data } = await ask(listVersions, { key, params })
    expect(data.map(({ number, text }) => [number, text])).toEqual([
      [2, 'Dear {{ name }}'],
      [1, 'Hello {{ name }}'],
    ])
  })

  test('go with the template', async () => {
    const { id } = await make()
    expect((await callApi(`/templates/${id}`, { key, method: 'DELETE' })).status).toBe(204)
    expect(await prisma().templateVersion.count({ where: { template_id: id } })).toBe(0)
  })
})

describe('an email by a template', () => {
  const body = (fields: object) => ({
    from: { email: 'news@acme.test' },
    to: [{ email: 'ada@example.com' }],
    ...fields,
  })
  const emailOf = async (id: string) => (await callApi(`/emails/${id}`, { key })).json()

  test('says what the template makes of its variables, and what it says by default', async () => {
    const variables = [NAME, { name: 'place', example: 'Rome', default: 'here' }]
    const template = await make({ html: '<p>{{ name }}</p>', text: '{{ name }}, {{ place }}', variables })
    const { id } = await ask(send, { key, body: body({ template_id: template.id, variables: { name: '<Ada>' } }) })
    expect(await emailOf(id)).toMatchObject({ subject: 'Hi <Ada>', html: '<p>&lt;Ada&gt;</p>', text: '<Ada>, here' })
  })

  test('is refused without a variable, or with one too many, by name', async () => {
    const { id: template_id } = await make()
    const { errors } = await refusal(send, { key, body: body({ template_id, variables: { nmae: 'Ada' } }) })
    expect(errors?.map(({ path }) => path).sort()).toEqual(['variables.name', 'variables.nmae'])
  })

  test('is refused with a template of another organisation or environment as with one that never was', async () => {
    const scopes = ['templates:write']
    const theirs = await makeKey(await makeOrganization(), { environment: 'test', scopes })
    const live = await makeKey(organization, { environment: 'live', scopes })
    const others = await Promise.all([theirs, live].map((other) => ask(create, { key: other.key, body: GREETING })))
    for (const template_id of [...others.map(({ id }) => id), '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c']) {
      const problem = await refusal(send, { key, body: body({ template_id }) })
      expect(problem.errors).toEqual([{ path: 'template_id', message: 'There is no such template.' }])
    }
  })

  test.each([
    ['subject', { subject: 'x' }],
    ['html', { html: 'x' }],
    ['text', { text: 'x' }],
  ])('is refused with a %s of its own', async (path, fields) => {
    const { id: template_id } = await make()
    const problem = await refusal(send, { key, body: body({ template_id, ...fields }) })
    expect(problem.errors?.map((error) => error.path)).toEqual([path])
  })

  test('is refused with a template that links to unsubscribe, for nobody could', async () => {
    const { id: template_id } = await make({ text: '{{ unsubscribe_url }}' })
    const problem = await refusal(send, { key, body: body({ template_id, variables: { name: 'Ada' } }) })
    expect(problem.errors).toMatchObject([{ path: 'variables.unsubscribe_url' }])
  })
})
