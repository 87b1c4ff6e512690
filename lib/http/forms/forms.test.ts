import { beforeEach, describe, expect, test } from 'vitest'
import { runtime, setRuntime } from '@/lib/base/node/runtime'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { formsContract } from '@/lib/resources/forms/contract'
import { ask, send } from '@/lib/testing/ask'
import { callForm, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const { create, disable, delete: remove, update } = formsContract.operations
const SITE = 'https://www.example.com'

let organization: ActingOrganization
let key = ''
let addresses = 0
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['forms:read', 'forms:write'] })).key
  addresses += 1
})

/** Of this test alone, so that none uses up another's answers. */
const peer = () => ({ address: `2001:db8:${addresses.toString(16)}::1` })

const FIELDS = [
  { name: 'email', kind: 'email', label: 'Your email', required: true, help: 'We write to no other.' },
  { name: 'company', kind: 'text', label: 'Company' },
  { name: 'size', kind: 'select', label: 'Size', choices: ['1–10', 'More'] },
  { name: 'site', kind: 'url', label: 'Site' },
  { name: 'phone', kind: 'phone', label: 'Phone' },
  { name: 'notes', kind: 'long_text', label: 'Notes' },
  { name: 'terms', kind: 'checkbox', label: 'I agree', required: true },
]

const make = (fields: object = {}, as = key) =>
  ask(create, { key: as, body: { name: 'Contact us', fields: FIELDS, ...fields } })

const GOOD = { email: 'Ada@Example.com', terms: 'true' }

/** As a browser sends the page's form. */
const answer = (id: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  callForm(id, {
    method: 'POST',
    raw: String(new URLSearchParams(fields)),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html,*/*', ...headers },
    peer: peer(),
  })

/** As a script of a page does. */
const answerJson = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  callForm(id, { method: 'POST', body, headers, peer: peer() })

const submissions = () => prisma().formSubmission.findMany({ where: { organization_id: organization.id } })

describe('the page of a form', () => {
  test('shows each field with its label, and runs and loads nothing', async () => {
    const { public_id } = await make({ title: 'Talk to us', description: 'We answer.\nSoon.', button: 'Go' })
    expect(public_id).toMatch(/^[\w-]{22}$/)
    const reply = await callForm(public_id)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /)
    const page = await reply.text()
    for (const { name, label } of FIELDS) {
      expect(page).toContain(`<label for="${name}">${label}`)
      expect(page).toMatch(new RegExp(`id="${name}" name="${name}"`))
    }
    expect(page).toContain('aria-describedby="email-help"')
    expect(page).toContain('<h1>Talk to us</h1>')
    expect(page).not.toContain('<script')
    expect(page).not.toContain('class="note"')
  })

  test('escapes all that its makers wrote', async () => {
    const nasty = `"><script>alert('1')</script>&`
    const fields = [
      { name: 'email', kind: 'email', label: nasty, required: true, help: nasty },
      { name: 'size', kind: 'select', label: 'Size', choices: [nasty] },
    ]
    const { public_id } = await make({ name: nasty, description: nasty, button: nasty, thanks: nasty, fields })
    for (const path of [public_id, `${public_id}/thanks`]) {
      const page = await (await callForm(path)).text()
      expect(page).not.toContain('<script>')
      expect(page).toContain('&lt;script&gt;')
    }
  })

  test.each(['x', 'A'.repeat(22), '%zz', '../f'])('is none at %s', async (id) => {
    expect((await callForm(id)).status).toBe(404)
  })
})

describe('answers', () => {
  test('are kept, and told of the contact whose they are', async () => {
    const form = await make()
    await prisma().contact.create({
      data: { organization_id: organization.id, environment: 'live', email: 'ada@example.com' },
    })
    const reply = await answer(form.public_id, {
      ...GOOD,
      company: ' Acme ',
      size: 'More',
      site: '',
      notes: 'One\r\nTwo',
    })
    expect([reply.status, reply.headers.get('Location')]).toEqual([303, `/f/${form.public_id}/thanks`])
    const [kept] = await submissions()
    expect(kept).toMatchObject({
      form_id: form.id,
      email: 'ada@example.com',
      answers: { company: 'Acme', size: 'More', notes: 'One\nTwo', terms: true },
    })
    const told = await prisma().activity.findMany({ where: { organization_id: organization.id, actor_kind: 'form' } })
    expect(told.find(({ type }) => type === 'form.submitted')).toMatchObject({
      subject_id: form.id,
      contact_id: expect.any(String),
      data: { submission_id: kept?.id },
    })
  })

  test('of a form of the sandbox are of the sandbox, and its page says so', async () => {
    const test_key = (await makeKey(organization, { scopes: ['forms:write'], environment: 'test' })).key
    const { public_id } = await make({}, test_key)
    expect(await (await callForm(public_id)).text()).toContain('its answers make test leads')
    await answer(public_id, GOOD)
    expect(await submissions()).toMatchObject([{ environment: 'test' }])
  })

  test('in JSON are answered in JSON', async () => {
    const { public_id } = await make({ thanks: 'Until soon.', redirect_url: 'https://example.com/thanks' })
    const reply = await answerJson(public_id, { email: 'ada@example.com', terms: true })
    expect(reply.status).toBe(201)
    expect(await reply.json()).toEqual({ message: 'Until soon.', redirect_url: 'https://example.com/thanks' })
    expect(await submissions()).toHaveLength(1)
  })

  test('lead on where the form says, which its page allows browsers, and nowhere else', async () => {
    const { public_id } = await make({ redirect_url: 'https://example.com/thanks' })
    const policy = (await callForm(public_id)).headers.get('Content-Security-Policy')
    expect(policy).toContain("form-action 'self' https://example.com;")
    const reply = await answer(`${public_id}?redirect_url=https://evil.example`, GOOD)
    expect(reply.headers.get('Location')).toBe('https://example.com/thanks')
  })

  test('that are wrong come back with what was typed, each told beside its field, and nothing is kept', async () => {
    const { public_id } = await make()
    const typed = {
      email: '"><b>ada',
      company: 'Acme & <Sons>',
      site: 'javascript:alert(1)',
      size: 'Huge',
      phone: 'call me',
    }
    const reply = await answer(public_id, typed)
    expect(reply.status).toBe(422)
    const page = await reply.text()
    expect(page).toContain('value="&quot;&gt;&lt;b&gt;ada"')
    expect(page).toContain('value="Acme &amp; &lt;Sons&gt;"')
    expect(page).toContain('<p class="error" id="email-error">An email address, like ada@example.com.</p>')
    for (const name of ['email', 'site', 'size', 'phone', 'terms']) {
      expect(page).toMatch(
        new RegExp(`name="${name}"[^>]* aria-invalid="true"[^>]*aria-describedby="[^"]*${name}-error"`),
      )
      expect(page).toContain(`<a href="#${name}">`)
    }
    expect(page).not.toContain('id="company-error"')
    expect(page.match(/autofocus/g)).toHaveLength(1)
    expect(await submissions()).toEqual([])
    const { errors } = await readProblem(await answerJson(public_id, { email: 1, terms: false, other: 'x' }))
    expect(errors?.map(({ path }) => path)).toEqual(['email', 'terms', 'other'])
  })

  test.each([
    ['a field that is not asked', { ...GOOD, admin: 'true' }, 422],
    ['a text that is too long', { ...GOOD, company: 'x'.repeat(201) }, 422],
    ['a field of a megabyte', { ...GOOD, notes: 'x'.repeat(1_048_576) }, 413],
    ['what is no text', { ...GOOD, company: 'a\0b' }, 422],
  ])('with %s are refused', async (_, fields, status) => {
    const { public_id } = await make()
    expect((await answer(public_id, fields)).status).toBe(status)
    expect(await submissions()).toEqual([])
  })

  test('of another encoding, twice of one field, or that are no object are refused', async () => {
    const { public_id } = await make()
    expect((await answer(public_id, GOOD, { 'Content-Type': 'multipart/form-data; boundary=x' })).status).toBe(415)
    const twice = await callForm(public_id, {
      method: 'POST',
      raw: 'email=a%40example.com&email=b%40example.com&terms=true',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      peer: peer(),
    })
    expect(twice.status).toBe(422)
    for (const body of [[], 'x', null, 1]) expect((await answerJson(public_id, body)).status).toBe(422)
    expect((await callForm(public_id, { method: 'PUT' })).headers.get('Allow')).toBe('GET, HEAD, POST, OPTIONS')
  })

  test('of what fills in every field are thanked for, and thrown away', async () => {
    const { public_id } = await make()
    const reply = await answer(public_id, { ...GOOD, _website: 'https://spam.example' })
    expect([reply.status, reply.headers.get('Location')]).toEqual([303, `/f/${public_id}/thanks`])
    expect((await answerJson(public_id, { email: 'a@example.com', terms: true, _website: 'x' })).status).toBe(201)
    expect(await submissions()).toEqual([])
    expect((await answer(public_id, { ...GOOD, _website: '' })).status).toBe(303)
    expect(await submissions()).toHaveLength(1)
  })

  test.each([
    ['names that no field has', Object.fromEntries(Array.from({ length: 25_000 }, (_, n) => [n.toString(36), '']))],
    ['spaces where a phone number is asked for', { ...GOOD, phone: `1${' '.repeat(100_000)}!` }],
  ])('with thousands of %s hold up nobody else', async (_, fields) => {
    const { public_id } = await make()
    const began = performance.now()
    expect((await answer(public_id, fields)).status).toBe(422)
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  test('of one address are taken so often a minute, and those of others go on', async () => {
    const { public_id } = await make()
    const replies: number[] = []
    for (let count = 0; count < 25; count++) replies.push((await answer(public_id, GOOD)).status)
    expect(replies.filter((status) => status === 303)).toHaveLength(20)
    const refused = await answer(public_id, GOOD)
    expect([refused.status, Number(refused.headers.get('Retry-After')) > 0]).toEqual([429, true])
    addresses += 1
    expect((await answer(public_id, GOOD)).status).toBe(303)
    expect(await submissions()).toHaveLength(21)
  })
})

describe('a form that is closed', () => {
  test('takes nothing, and its page says so', async () => {
    const { id, public_id } = await make()
    await ask(disable, { key, params: { id } })
    const page = await callForm(public_id)
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('This form is closed')])
    expect((await answer(public_id, GOOD)).status).toBe(404)
    expect(await submissions()).toEqual([])
  })

  test.each([
    ['disabled', `UPDATE forms SET status = 'disabled' WHERE id = `],
    ['deleted', 'DELETE FROM forms WHERE id = '],
  ])('while somebody answers, being %s, takes nothing any more', async (_, statement) => {
    const { id, public_id } = await make()
    const reply = await overlap(
      (db) => db.$executeRawUnsafe(`${statement}'${id}'`),
      () => answerJson(public_id, { email: 'ada@example.com', terms: true }),
    )
    expect(reply.status).toBe(404)
    expect(await submissions()).toEqual([])
  })

  test('for good is gone with its answers', async () => {
    const { id, public_id } = await make()
    await answer(public_id, GOOD)
    expect((await send(remove, { key, params: { id } })).status).toBe(204)
    expect([(await callForm(public_id)).status, (await callForm(`${public_id}/thanks`)).status]).toEqual([404, 404])
    expect(await submissions()).toEqual([])
  })
})

describe('pages of other sites', () => {
  const json = { email: 'ada@example.com', terms: true }
  const allowed = (reply: Response) => reply.headers.get('Access-Control-Allow-Origin')

  test('may answer, and read the reply, where the form names the site', async () => {
    const { public_id } = await make({ origins: [SITE] })
    const asked = { Origin: SITE, 'Access-Control-Request-Method': 'POST' }
    const preflight = await callForm(public_id, { method: 'OPTIONS', headers: asked })
    expect([preflight.status, allowed(preflight)]).toEqual([204, SITE])
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type')
    for (const [body, status] of [
      [json, 201],
      [{}, 422],
    ] as const) {
      const reply = await answerJson(public_id, body, { Origin: SITE })
      expect([reply.status, allowed(reply), reply.headers.get('Vary')]).toEqual([status, SITE, 'Origin'])
      expect(reply.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    }
  })

  test('may read that they have answered too often, and when to try again', async () => {
    const { public_id } = await make({ origins: [SITE] })
    const replies: Response[] = []
    for (let count = 0; count < 21; count++) replies.push(await answerJson(public_id, {}, { Origin: SITE }))
    const last = replies.at(-1)
    expect([last?.status, last && allowed(last)]).toEqual([429, SITE])
    expect(last?.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After')
  })

  test.each(['https://evil.example', 'https://www.example.com.evil.example', 'http://www.example.com', 'null'])(
    'of %s may not',
    async (Origin) => {
      const { public_id } = await make({ origins: [SITE] })
      const preflight = await callForm(public_id, {
        method: 'OPTIONS',
        headers: { Origin, 'Access-Control-Request-Method': 'POST' },
      })
      expect(allowed(preflight)).toBeNull()
      const reply = await answerJson(public_id, json, { Origin })
      expect([(await readProblem(reply)).code, allowed(reply)]).toEqual(['cross_site_request', null])
      expect(await submissions()).toEqual([])
    },
  )

  test('are given nothing but the answers: the page itself is not theirs to read', async () => {
    const { public_id } = await make({ origins: [SITE] })
    expect(allowed(await callForm(public_id, { headers: { Origin: SITE } }))).toBeNull()
  })

  test('are named by the form alone, and only as sites', async () => {
    const { id } = await make()
    for (const origin of ['*', 'https://example.com/', 'http://example.com', 'example.com', 'https://a.example/x']) {
      expect((await send(update, { key, params: { id }, body: { origins: [origin] } })).status).toBe(422)
    }
    const patched = await ask(update, { key, params: { id }, body: { origins: ['http://localhost:5173'] } })
    expect(patched.origins).toEqual(['http://localhost:5173'])
  })
})

test('over plain HTTP, where HTTPS is required, nothing is taken', async () => {
  const { public_id } = await make()
  const before = runtime()
  setRuntime({ ...before, requireHttps: true })
  try {
    expect((await answer(public_id, GOOD)).status).toBe(403)
  } finally {
    setRuntime(before)
  }
  expect(await submissions()).toEqual([])
})
