import type { Page } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { dialogOf } from '@/e2e/support/dialogs'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { forgetProof, passwordIn, signIn } from '@/e2e/support/session'
import { makeAccount, PASSWORD, query, type Workspace } from '@/e2e/support/workspace'

const organizationPath = ({ slug }: Workspace) => `/platform/organizations/${slug}`

/** Signed in as somebody who runs the platform. */
async function asPlatformAdmin(page: Page, name = 'Petra Platform') {
  const account = await makeAccount(name, { platform_admin: true })
  await signIn(page.context(), account)
  return account
}

async function giveReason(page: Page, button: string) {
  const dialog = dialogOf(page)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('As agreed.')
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await expect(dialogOf(page)).toBeHidden()
}

test('the flag goes off with its effect shown, the key stops at once, a request brings it back', async ({
  admin,
  newPage,
  workspace,
}) => {
  const { key } = await makeKey(admin, workspace.slug)
  const status = async () =>
    (await admin.request.get('/api/v1/me', { headers: { Authorization: `Bearer ${key}` } })).status()
  expect(await status()).toBe(200)
  const platform = await newPage()
  const { id } = await asPlatformAdmin(platform)
  await platform.goto(organizationPath(workspace))
  await platform.getByRole('button', { name: 'Turn off' }).click()
  const dialog = dialogOf(platform)
  await expect(dialog).toContainText('This stops 1 key from this moment')
  await expect(dialog.getByRole('button', { name: 'Turn off' })).toHaveAccessibleDescription('Give a reason first.')
  await giveReason(platform, 'Turn off')
  expect(await status()).toBe(403)

  await admin.goto(keysPath(workspace))
  await admin.getByRole('button', { name: 'Request access' }).click()
  await expect(admin.getByText(/Access was requested/)).toBeVisible()
  await platform.goto(`/platform?requests=open&q=${workspace.slug}`)
  await expect(platform.getByRole('row', { name: workspace.slug })).toContainText('Requested')
  await platform.getByRole('link', { name: 'Umbrella' }).click()
  await expect(platform.getByText('Ann Admin asked for the Developer API')).toBeVisible()
  await platform.getByRole('button', { name: 'Grant' }).click()
  await giveReason(platform, 'Turn on')
  await expect(platform.getByText('Access is requested')).toHaveCount(0)
  expect(await status()).toBe(200)
  const { rows } = await query(
    `SELECT action, reason FROM audit_entries WHERE organization_id = $1 AND actor_id = $2 ORDER BY at, id`,
    [workspace.id, id],
  )
  expect(rows).toEqual([
    { action: 'organization.changed', reason: 'As agreed.' },
    { action: 'organization.changed', reason: 'As agreed.' },
    { action: 'access_request.granted', reason: 'As agreed.' },
  ])
})

test('a declined request can be made again', async ({ admin, newPage, workspace }) => {
  await query('UPDATE organizations SET developer_api = false WHERE id = $1', [workspace.id])
  await admin.goto(keysPath(workspace))
  await admin.getByRole('button', { name: 'Request access' }).click()
  await expect(admin.getByText(/Access was requested/)).toBeVisible()
  const platform = await newPage()
  await asPlatformAdmin(platform)
  await platform.goto(organizationPath(workspace))
  await platform.getByRole('button', { name: 'Decline' }).click()
  await giveReason(platform, 'Decline')
  await expect(platform.getByText('Access is requested')).toHaveCount(0)
  await admin.reload()
  await expect(admin.getByRole('button', { name: 'Request access' })).toBeEnabled()
})

test('only an Admin can ask for access; others see why not', async ({ pageAs, workspace }) => {
  await query('UPDATE organizations SET developer_api = false WHERE id = $1', [workspace.id])
  for (const role of ['read_only_admin', 'member'] as const) {
    const page = await pageAs(role)
    await page.goto(keysPath(workspace))
    const button = page.getByRole('button', { name: 'Request access' })
    await expect(button).toHaveAccessibleDescription('Only an Admin of your organisation can ask for it.')
    await expect(button).toBeDisabled()
  }
})

test('an organisation is created with the link for its first Admin, and its plan is changed', async ({ page }) => {
  await asPlatformAdmin(page)
  await page.goto('/')
  await expect(page).toHaveURL('/platform')
  await page.getByRole('button', { name: 'Create organisation' }).click()
  const dialog = dialogOf(page)
  const name = `Söhne ${crypto.randomUUID().slice(0, 8)}`
  const slug = name.toLowerCase().replace('ö', 'o').replace(' ', '-')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await expect(dialog.getByRole('textbox', { name: 'Slug' })).toHaveValue(slug)
  const email = dialog.getByRole('textbox', { name: 'Email of its first Admin' })
  await expect(email).toHaveAccessibleDescription('This server sends no mail: you get the link here, to pass it on.')
  await email.fill(`first@${slug}.test`)
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(/\/invitations\/[\w-]{43}$/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.goto(`/platform/organizations/${slug}`)
  await expect(page.getByRole('heading', { name: 'It has no Admin yet' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Email of its first Admin' }).fill(`second@${slug}.test`)
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(dialogOf(page).getByRole('textbox', { name: 'Link' })).toHaveValue(/\/invitations\/[\w-]{43}$/)
  await dialogOf(page).getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Change plan' }).click()
  await dialogOf(page).getByRole('radio', { name: 'Enterprise' }).click()
  await dialogOf(page).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('6,000 calls per key and minute')).toBeVisible()
})

test('the platform is granted to an account whose email nothing proves by who takes the risk, and taken again; its console is then not there', async ({
  clientAs,
  page,
}) => {
  await asPlatformAdmin(page)
  const other = await makeAccount(`Olga ${crypto.randomUUID().slice(0, 8)}`)
  const { request: theirs } = await clientAs(other)
  expect((await theirs.get('/platform')).status()).toBe(404)
  await page.goto('/platform/admins')
  await page.getByRole('textbox', { name: 'Make somebody a platform admin' }).fill(other.email)
  await page.getByRole('button', { name: 'Grant', exact: true }).click()
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialogOf(page)).toBeHidden()
  expect((await theirs.get('/platform')).status()).toBe(404)
  await page.getByRole('button', { name: 'Grant', exact: true }).click()
  await dialogOf(page).getByRole('button', { name: 'I have asked: grant' }).click()
  await expect(page.getByRole('row', { name: other.email })).toBeVisible()
  expect((await theirs.get('/platform')).status()).toBe(200)
  await page.getByRole('button', { name: `Take the platform from ${other.name}` }).click()
  await dialogOf(page).getByRole('button', { name: 'Take away' }).click()
  await expect(dialogOf(page)).toBeHidden()
  await expect(page.getByRole('row', { name: other.email })).toHaveCount(0)
  expect((await theirs.get('/api/dashboard/platform/organizations')).status()).toBe(404)
  expect((await theirs.get('/platform')).status()).toBe(404)
})

test('nobody else finds a console, whatever their role', async ({ pageAs, workspace }) => {
  for (const role of ['admin', 'read_only_admin', 'member'] as const) {
    const page = await pageAs(role)
    for (const path of ['/platform', '/platform/admins', organizationPath(workspace)]) {
      expect((await page.request.get(path)).status(), path).toBe(404)
    }
    await page.goto(keysPath(workspace))
    await page.getByRole('button', { name: /^Account/ }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Platform console' })).toHaveCount(0)
  }
})

test('the console, its dialogs, and the request for access', async ({ admin, newPage, workspace }) => {
  test.slow()
  await query('UPDATE organizations SET developer_api = false WHERE id = $1', [workspace.id])
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('button', { name: 'Request access' })).toBeVisible()
  await check(admin, 'closed, with a request to make')
  await admin.getByRole('button', { name: 'Request access' }).click()
  await expect(admin.getByText(/Access was requested/)).toBeVisible()
  await check(admin, 'requested')
  const page = await newPage()
  await asPlatformAdmin(page)
  await page.goto(`/platform?q=${workspace.slug}`)
  await check(page, 'organisations')
  await page.getByRole('button', { name: 'Create organisation' }).click()
  await dialogOf(page).getByRole('button', { name: 'Create', exact: true }).click()
  await check(page, 'create with errors')
  await page.goto(organizationPath(workspace))
  await check(page, 'organisation')
  for (const button of ['Turn on', 'Change plan', 'Decline']) {
    await page.getByRole('button', { name: button, exact: true }).click()
    await expect(dialogOf(page)).toBeVisible()
    await check(page, button)
    await page.keyboard.press('Escape')
    await expect(dialogOf(page)).toBeHidden()
  }
  await page.goto('/platform/admins')
  await check(page, 'platform admins')
  await page.getByRole('button', { name: /^Account/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Platform console' })).toBeVisible()
  await check(page, 'account menu')
})

test('an organisation and a person get more only after the password', async ({ newPage, workspace }) => {
  const platform = await newPage()
  const account = await asPlatformAdmin(platform)
  await platform.goto(organizationPath(workspace))
  await forgetProof(account)
  await platform.getByRole('button', { name: 'Change plan' }).click()
  const plan = dialogOf(platform)
  await plan.getByRole('radio', { name: 'Enterprise' }).click()
  await plan.getByRole('button', { name: 'Save' }).click()
  await expect(passwordIn(plan)).toBeFocused()
  await passwordIn(plan).fill(PASSWORD)
  await platform.keyboard.press('Enter')
  await expect(plan).toBeHidden()

  await query('UPDATE organizations SET developer_api = false WHERE id = $1', [workspace.id])
  await platform.reload()
  await forgetProof(account)
  await platform.getByRole('button', { name: 'Turn on' }).click()
  const flag = dialogOf(platform)
  await flag.getByRole('textbox', { name: 'Reason' }).fill('As agreed.')
  await flag.getByRole('button', { name: 'Turn on' }).click()
  await passwordIn(flag).fill(PASSWORD)
  await platform.keyboard.press('Enter')
  await expect(flag).toBeHidden()

  await platform.goto('/platform/admins')
  await forgetProof(account)
  const main = platform.getByRole('main')
  await main.getByRole('textbox', { name: 'Make somebody a platform admin' }).fill(workspace.people.member.email)
  await main.getByRole('button', { name: 'Grant' }).click()
  await passwordIn(main).fill(PASSWORD)
  await platform.keyboard.press('Enter')
  await dialogOf(platform).getByRole('button', { name: 'I have asked: grant' }).click()
  await expect(platform.getByText('Mia Member is a platform admin.')).toBeVisible()
})
