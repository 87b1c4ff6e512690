import type { Page } from '@playwright/test'
import { chooseFromRow } from '@/e2e/support/dialogs'
import { CHOICE_PAGE, CREATE_PAGE } from '@/e2e/support/example-pages'
import { expect, keysPath, test } from '@/e2e/support/fixtures'
import { makeWorkspace, PASSWORD, query, type Workspace } from '@/e2e/support/workspace'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const body = (page: Page) => page.getByRole('textbox', { name: 'Body' })
const reply = (page: Page) => page.getByRole('region', { name: 'Reply' })
const access = (page: Page) => page.getByRole('region', { name: 'Access' })

async function generate(page: Page, path: string) {
  await page.goto(path)
  await button(page, 'Generate test token').click()
  await expect(button(page, 'Revoke token')).toBeVisible()
}

const contactsOf = async ({ id }: Workspace) =>
  (
    await query<{ environment: string; email: string }>(
      'SELECT environment, email FROM contacts WHERE organization_id = $1',
      [id],
    )
  ).rows

test('a token is generated, creates a contact in the sandbox, stands in the settings, and is refused once revoked there', async ({
  admin,
  workspace,
}) => {
  const docs = await admin.context().newPage()
  await generate(docs, CREATE_PAGE)
  await expect(access(docs)).toContainText(/(60|59):\d\d left/)
  await expect(access(docs)).toContainText('contacts:read, contacts:write, contacts:delete')
  await button(docs, 'Send').click()
  await expect(reply(docs)).toContainText('201 Created')
  await expect(reply(docs)).toContainText('contacts:write')
  await expect(reply(docs)).toContainText('X-Request-Id')
  await expect(reply(docs)).toContainText('X-RateLimit-Remaining')
  expect(await contactsOf(workspace)).toEqual([{ environment: 'test', email: 'ada@example.com' }])

  await admin.goto(keysPath(workspace))
  const row = admin.getByRole('row', { name: 'Docs playground (temp)' })
  await expect(row).toContainText('1 h')
  await expect(row).toContainText('Test')
  await button(admin, 'Actions for Docs playground (temp)').click()
  for (const action of ['Edit', 'Rotate']) {
    await expect(admin.getByRole('menuitem', { name: action })).toContainText('lives for its hour as it was minted')
  }
  await admin.keyboard.press('Escape')
  await expect(button(admin, 'Actions for Docs playground (temp)')).toBeFocused()
  const dialog = await chooseFromRow(admin, 'Docs playground (temp)', 'Revoke')
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(row).toContainText('Revoked')

  await button(docs, 'Send').click()
  await expect(reply(docs)).toContainText('401 Unauthorized')
  await expect(reply(docs)).toContainText('revoked_key')
  await expect(button(docs, 'Send')).toBeDisabled()
  await button(docs, 'Generate a new token').click()
  await expect(button(docs, 'Revoke token')).toBeVisible()
  await body(docs).fill('{"email": "grace@example.com"}')
  await button(docs, 'Send').click()
  await expect(reply(docs)).toContainText('201 Created')
})

test('JSON that is wrong is marked at its place and not sent; mended, it is', async ({ pageAs }) => {
  const page = await pageAs('admin')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/')) sent.push(request.method())
  })
  await generate(page, CREATE_PAGE)
  await body(page).fill('{\n  "email": "grace@example.com"\n  "title": "Admiral"\n}')
  await expect(page.getByText('Line 3, column 3: A comma is missing.')).toBeVisible()
  await page.getByRole('tab', { name: 'Form' }).click()
  await expect(page.getByText('The JSON has a mistake in line 3.')).toBeVisible()
  await button(page, 'Send').click()
  await expect(body(page)).toBeFocused()
  await expect(body(page)).toHaveAccessibleDescription('Line 3, column 3: A comma is missing.')
  const selected = () =>
    body(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))
  await expect.poll(selected).toBe('"title"')
  expect(sent).toEqual([])

  await body(page).fill('{"email": "grace@example.com"}')
  await page.getByRole('tab', { name: 'Form' }).click()
  await page.getByRole('textbox', { name: 'title' }).fill('Admiral')
  await page.getByRole('textbox', { name: 'company' }).fill('US Navy')
  await page.getByRole('tab', { name: 'JSON' }).click()
  await expect(body(page)).toHaveValue(/"title": "Admiral",\n {2}"company": "US Navy"/)
  await body(page).press('Control+Enter')
  await expect(reply(page)).toContainText('201 Created')
  await expect(reply(page)).toContainText('"title": "Admiral"')
})

test('parameters go into path and query; what the path needs is asked for before anything is sent', async ({
  pageAs,
}) => {
  const page = await pageAs('admin')
  await generate(page, CHOICE_PAGE)
  await page.getByRole('textbox', { name: 'limit' }).fill('1')
  await page.getByRole('combobox', { name: 'status' }).selectOption('open')
  await expect(page.getByText('/api/v1/tasks?limit=1&status=open')).toBeVisible()
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('200 OK')

  // The token goes along to the other pages of the visit.
  await page.getByRole('link', { name: 'Get a task' }).first().click()
  await expect(page.getByRole('heading', { name: 'Get a task' })).toBeVisible()
  await expect(button(page, 'Revoke token')).toBeVisible()
  await button(page, 'Send').click()
  const id = page.getByRole('textbox', { name: 'id' })
  await expect(id).toBeFocused()
  await expect(id).toHaveAccessibleDescription('The path needs it.')
  await expect(reply(page)).not.toContainText('404')
  await id.fill('0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c')
  await id.press('Enter')
  await expect(reply(page)).toContainText('404 Not Found')
})

test('what was created is at hand on the pages that ask for its id', async ({ pageAs }) => {
  const page = await pageAs('admin')
  await generate(page, CREATE_PAGE)
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('201 Created')
  await page.getByRole('link', { name: 'Get a contact' }).first().click()
  await expect(page.getByRole('heading', { name: 'Get a contact' })).toBeVisible()
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('200 OK')
  await expect(reply(page)).toContainText('ada@example.com')
})

test("a Read-Only Admin's token reads only, and says so", async ({ pageAs, workspace }) => {
  const page = await pageAs('read_only_admin')
  await generate(page, CREATE_PAGE)
  await expect(access(page)).toContainText('You are a Read-Only Admin here, so your token carries reading scopes only.')
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('insufficient_scope')
  expect(await contactsOf(workspace)).toEqual([])
  await page.getByRole('link', { name: 'List contacts' }).first().click()
  await expect(page.getByRole('heading', { name: 'List contacts' })).toBeVisible()
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('200 OK')
  await button(page, 'Revoke token').click()
  await expect(access(page)).toContainText('was revoked.')
})

test('on pages of administration the token reads at most, and says so', async ({ pageAs }) => {
  const page = await pageAs('admin')
  await generate(page, '/docs/reference/users/update')
  await expect(access(page)).toContainText('users:read')
  await expect(access(page)).toContainText('No test token carries admin')
})

test('what is chosen in the form of a body stands in its JSON', async ({ page }) => {
  await page.goto('/docs/reference/users/update')
  await body(page).fill('{}')
  await page.getByRole('tab', { name: 'Form' }).click()
  await page.getByRole('combobox', { name: 'role' }).selectOption('member')
  await page.getByRole('combobox', { name: 'developer' }).selectOption('false')
  await page.getByRole('tab', { name: 'JSON' }).click()
  await expect(body(page)).toHaveValue(/"role": "member",\n {2}"developer": false/)
})

test('a Member is told why there is no token for them, and so is whoever lacks the Developer permission', async ({
  pageAs,
  workspace,
}) => {
  const member = await pageAs('member')
  await member.goto(CREATE_PAGE)
  await button(member, 'Generate test token').click()
  await expect(access(member)).toContainText('Members cannot see API keys. Ask an Admin of your organisation.')
  await expect(button(member, 'Generate test token')).toBeDisabled()

  await query('UPDATE memberships SET developer = false WHERE user_id = $1', [workspace.people.admin.id])
  const admin = await pageAs('admin')
  await admin.goto(CREATE_PAGE)
  await button(admin, 'Generate test token').click()
  await expect(access(admin)).toContainText('You need the Developer permission.')
  await query('UPDATE memberships SET developer = true WHERE user_id = $1', [workspace.people.admin.id])
  await button(admin, 'Check again').click()
  await expect(button(admin, 'Revoke token')).toBeVisible()
})

test('whoever is signed out is led to the sign-in and back to the playground', async ({ page, workspace }) => {
  await page.goto(CREATE_PAGE)
  await button(page, 'Generate test token').click()
  await page.waitForURL(/\/sign-in\?callbackUrl=/)
  await page.getByLabel('Email').fill(workspace.people.admin.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await button(page, 'Sign in').click()
  await page.waitForURL(`${CREATE_PAGE}#playground`)
  await button(page, 'Generate test token').click()
  await expect(button(page, 'Revoke token')).toBeVisible()
})

test('of several organisations one is chosen, and the token is of that one', async ({ pageAs, workspace }) => {
  const other = await makeWorkspace()
  await query(`UPDATE organizations SET name = 'Second' WHERE id = $1`, [other.id])
  await query(`INSERT INTO memberships (organization_id, user_id, role, developer) VALUES ($1, $2, 'admin', true)`, [
    other.id,
    workspace.people.admin.id,
  ])
  const page = await pageAs('admin')
  await page.goto(CREATE_PAGE)
  await button(page, 'Generate test token').click()
  await page.getByRole('combobox', { name: 'Organisation' }).selectOption('Second')
  await button(page, 'Generate test token').click()
  await expect(access(page)).toContainText('Second')
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('201 Created')
  expect(await contactsOf(workspace)).toEqual([])
  expect(await contactsOf(other)).toHaveLength(1)
})
