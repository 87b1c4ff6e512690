import type { Page } from '@playwright/test'
import { invite, newEmail } from '@/e2e/people/invite'
import { check } from '@/e2e/support/check-page'
import { checkWidths, ENDS, faultsOf } from '@/e2e/support/check-widths'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { endMailsPath, unsubscribePath } from '@/e2e/support/mail-links'
import { unseenBy } from '@/e2e/support/pages'
import { newParts } from '@/e2e/support/parts'
import { signIn } from '@/e2e/support/session'
import { makeFailingWebhook } from '@/e2e/support/webhooks'
import { makeAccount, query, type Workspace } from '@/e2e/support/workspace'

/** Pages and panels that no link of ours opens. They are reached from a mail, by somebody else's page, or by a button. */

const LONG = 'W'.repeat(80)
const longEmail = () => `${'w'.repeat(60)}${newEmail()}`

/** Looks at a page as it is open: at every width, and in both themes where it has parts that none before it had. */
function makeLook(page: Page) {
  const hasNewParts = newParts()
  const seen: string[] = []
  const look = async (what = new URL(page.url()).pathname) => {
    seen.push(new URL(page.url()).pathname)
    await checkWidths(page, what)
    await check(page, what, { briefly: !(await hasNewParts(page)) })
  }
  return { look, seen }
}

const nameAtLength = ({ id, people }: Workspace) =>
  Promise.all([
    query('UPDATE organizations SET name = $2 WHERE id = $1', [id, `Umbrella ${LONG}`]),
    query('UPDATE users SET name = $2 WHERE id = $1', [people.admin.id, `Ann ${LONG}`]),
  ])

test('no page of somebody who belongs nowhere, or confirms who they are, loses anything at any width', async ({
  page,
}) => {
  const { look, seen } = makeLook(page)
  const account = await makeAccount(`Ann ${LONG}`)
  await query('UPDATE users SET email = $2 WHERE id = $1', [account.id, longEmail()])
  await signIn(page.context(), account)
  // It closes itself where another page has opened it; here none has.
  await page.addInitScript(() => {
    window.close = () => {}
  })
  for (const path of ['/', '/account/confirmed', '/account/confirmed?error=other_person']) {
    await page.goto(path)
    await look()
  }
  expect(unseenBy('signed in', seen)).toEqual([])
})

test('no page of an invitation loses anything at any width, whoever opens it and whatever has become of it', async ({
  admin,
  newPage,
  workspace,
}) => {
  test.slow()
  await nameAtLength(workspace)
  const page = await newPage()
  const { look, seen } = makeLook(page)
  const show = async (link: string, title: RegExp) => {
    await page.goto(link)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await look(title.source)
  }
  const { id, link } = await invite(admin, workspace, longEmail())
  await show(link, /^Join Umbrella/)
  const known = await makeAccount('Grace Hopper')
  const { link: ofKnown } = await invite(admin, workspace, known.email)
  await show(ofKnown, /^Join Umbrella/)
  for (const [became, title] of [
    [`expires_at = now() - interval '1 hour'`, /has expired$/],
    ['withdrawn_at = now()', /was withdrawn$/],
    ['withdrawn_at = NULL, accepted_at = now()', /has been used$/],
  ] as const) {
    await query(`UPDATE invitations SET ${became} WHERE id = $1`, [id])
    await show(link, title)
  }
  await show('/invitations/nonsense', /opens nothing$/)
  await signIn(page.context(), known)
  await show(ofKnown, /^Join Umbrella/)
  await page.getByRole('button', { name: 'Accept and join' }).click()
  await expect(page).toHaveURL(keysPath(workspace))
  const { link: ofOther } = await invite(admin, workspace, longEmail())
  await show(ofOther, /for somebody else$/)
  expect(unseenBy('invitation', seen)).toEqual([])
})

test('no page that a mail leads to loses anything at any width', async ({ page, plainPage, workspace }) => {
  test.slow()
  await nameAtLength(workspace)
  const { look, seen } = makeLook(page)
  await page.goto(endMailsPath(workspace.people.admin.id))
  const end = page.getByRole('button', { name: 'End these mails' })
  await expect(end).toBeVisible()
  await look('ending mails')
  await end.click()
  await expect(page.getByRole('heading', { name: 'These mails have ended' })).toBeVisible()
  await look('ended mails')

  const mail = crypto.randomUUID()
  await query(
    `INSERT INTO emails (id, organization_id, environment, status, "from", "to", subject, unsubscribable)
     VALUES ($1, $2, 'test', 'sent', '{}', $3, 'News', true)`,
    [mail, workspace.id, JSON.stringify([{ email: longEmail(), name: null }])],
  )
  const plain = makeLook(plainPage)
  await plainPage.goto(unsubscribePath(mail))
  await plain.look('unsubscribing')
  await plainPage.getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(plainPage.getByRole('heading', { name: 'You are unsubscribed' })).toBeVisible()
  await plain.look('unsubscribed')
  await plainPage.goto('/u/nonsense')
  await plain.look('a link that is not whole')
  expect(unseenBy('mail', [...seen, ...plain.seen])).toEqual([])
})

const FIELDS = [
  { name: 'email', kind: 'email', label: `Your email ${LONG}`, required: true, help: LONG },
  { name: 'company', kind: 'text', label: 'Company' },
  { name: 'phone', kind: 'phone', label: 'Phone' },
  { name: 'size', kind: 'select', label: 'How many are you?', choices: ['1–10', LONG] },
  { name: 'notes', kind: 'long_text', label: 'What would you like to see?' },
  { name: 'newsletter', kind: 'checkbox', label: `Send me the newsletter ${LONG}`, help: LONG },
]

test('no page of a form loses anything at any width: asking, refusing, thanking, and closed', async ({
  admin,
  plainPage: page,
  request,
  workspace,
}) => {
  test.slow()
  await nameAtLength(workspace)
  const { key } = await makeKey(admin, workspace.slug, { scopes: ['forms:read', 'forms:write'] })
  const send = async (path: string, data?: object) => {
    const reply = await request.post(`/api/v1${path}`, { data, headers: { Authorization: `Bearer ${key}` } })
    expect(reply.ok(), await reply.text()).toBe(true)
    return reply.json()
  }
  const form = { name: `News ${LONG}`, description: LONG, button: 'W'.repeat(50), thanks: LONG, fields: FIELDS }
  const { id, public_id } = await send('/forms', form)
  const { look, seen } = makeLook(page)
  const submit = () => page.getByRole('button').click()
  await page.goto(`/f/${public_id}`)
  await look('a form')
  // The browser would refuse it before we do.
  await page
    .getByRole('main')
    .locator('form')
    .evaluate((element: HTMLFormElement) => element.toggleAttribute('novalidate', true))
  await page.getByRole('textbox', { name: /^Your email/ }).fill(LONG)
  await submit()
  await expect(page.getByRole('alert')).toContainText('Nothing has been sent yet')
  await look('a form that was refused')
  await page.getByRole('textbox', { name: /^Your email/ }).fill('ada@example.com')
  await submit()
  await expect(page).toHaveURL(`/f/${public_id}/thanks`)
  await look('thanks')
  await send(`/forms/${id}/disable`)
  await page.goto(`/f/${public_id}`)
  await expect(page.getByText('This form is closed')).toBeVisible()
  await look('a closed form')
  expect(unseenBy('form', seen)).toEqual([])
})

test('no panel that opens beside or above a page loses anything at any width', async ({ admin, workspace }) => {
  await nameAtLength(workspace)
  const { id } = await makeKey(admin, workspace.slug, { name: `key ${LONG}`, description: LONG })
  await query(
    `INSERT INTO notices (id, user_id, organization_id, kind, as_maker, details)
     VALUES (gen_random_uuid(), $1, $2, 'key_created', false, $3)`,
    [
      workspace.people.admin.id,
      workspace.id,
      JSON.stringify({
        subjects: [{ id, name: `key ${LONG}`, key_prefix: 'lk_live_7Qd2xK', environment: 'live', note: null }],
        count: 1,
        by: longEmail(),
        until: null,
      }),
    ],
  )
  const { look } = makeLook(admin)
  await admin.goto(`/orgs/${workspace.slug}/settings/audit`)
  await admin.getByRole('button', { name: 'API key created' }).click()
  await expect(admin.getByRole('dialog', { name: 'API key created' })).toBeVisible()
  await look('an entry of the audit log')
  await admin.goto(await makeFailingWebhook(admin, workspace, LONG.repeat(3)))
  await admin
    .getByRole('list', { name: 'Deliveries' })
    .getByRole('button', { name: 'contact.created', exact: true })
    .click()
  await expect(admin.getByText(/^1\. 500 in/)).toBeVisible()
  await look('a delivery of a webhook')
  await admin.getByRole('button', { name: /^Notices/ }).click()
  const panel = admin.getByRole('dialog', { name: 'Notices' })
  await expect(panel.getByText(/The API key key W/).first()).toBeVisible()
  for (const size of ENDS) {
    await admin.setViewportSize(size)
    // The panel follows its button as soon as the page is drawn.
    await expect.poll(() => faultsOf(admin)).toEqual([])
  }
})
