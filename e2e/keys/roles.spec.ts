import { chooseFromRow, createInPage, dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { signIn } from '@/e2e/support/session'
import { makeWorkspace, query } from '@/e2e/support/workspace'

const NOT_THEIRS = 'Read-Only Admins can see and create keys, but not change them. Ask an Admin.'

test('a Read-Only Admin creates reading keys that live 72 hours, and sees the rest disabled with the reason', async ({
  pageAs,
  workspace,
}) => {
  const page = await pageAs('read_only_admin')
  await page.goto(keysPath(workspace))
  await page.getByRole('button', { name: 'Create API Key' }).click()
  const dialog = dialogOf(page)
  const forbidden = dialog.getByRole('checkbox', { name: '(contacts:write)' })
  await expect(forbidden).toHaveAttribute('aria-disabled', 'true')
  await expect(forbidden).toHaveAccessibleDescription('Read-Only Admins can grant reading scopes only.')
  await forbidden.focus()
  await page.keyboard.press('Space')
  await expect(forbidden).not.toBeChecked()
  await dialog.getByRole('checkbox', { name: 'Contacts: every action' }).click()
  await expect(dialog.getByRole('checkbox', { name: '(contacts:read)' })).toBeChecked()
  await expect(forbidden).not.toBeChecked()
  await expect(dialog.getByRole('radio', { name: '30 days' })).toHaveCount(0)
  await expect(dialog).toContainText('72 hours.')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('by a reader')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog).toContainText('This is the only time')
  await dialog.getByRole('checkbox', { name: 'I stored it' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row', { name: 'by a reader' })).toContainText('in 3 days')

  await page.getByRole('button', { name: 'Actions for by a reader' }).click()
  for (const action of ['Edit', 'Rotate', 'Revoke', 'Delete']) {
    const item = page.getByRole('menuitem', { name: action })
    await expect(item).toHaveAttribute('aria-disabled', 'true')
    await expect(item).toContainText(NOT_THEIRS)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'by a reader' }).click()
  const revoke = page.getByRole('button', { name: 'Revoke', exact: true })
  await expect(revoke).toBeDisabled()
  await expect(revoke).toHaveAccessibleDescription(NOT_THEIRS)
  await revoke.focus()
  await expect(revoke).toBeFocused()
  await page.goto(`${page.url()}?edit=permissions`)
  await expect(page.getByRole('heading', { name: 'by a reader' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Save/ })).toHaveCount(0)
})

test("a Member sees why the page is closed, on the list and on a key's page", async ({ pageAs, admin, workspace }) => {
  const key = await makeKey(admin, workspace.slug, { name: 'not for members' })
  const page = await pageAs('member')
  for (const path of [keysPath(workspace), `${keysPath(workspace)}/${key.id}`, `${keysPath(workspace)}?create=1`]) {
    await page.goto(path)
    await expect(page.getByText('Members cannot see API keys. Ask an Admin of your organisation.')).toBeVisible()
    expect(await page.content()).not.toContain('not for members')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

test('with the Developer API off, the page explains it, also to whoever had it open', async ({ admin, workspace }) => {
  await query('UPDATE organizations SET developer_api = false WHERE id = $1', [workspace.id])
  await admin.goto(keysPath(workspace))
  await expect(admin.getByText('The Developer API is off', { exact: true })).toBeVisible()
  await expect(admin.getByText('Only a platform admin can turn it on.')).toBeVisible()
  const reply = await dashboard(admin, workspace.slug).send('POST', '/keys', {
    name: 'x',
    environment: 'live',
    scopes: [],
  })
  expect(reply.status()).toBe(403)
})

test('whoever is demoted in mid-session is refused at the next change, with the reason', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'contested' })
  await admin.goto(keysPath(workspace))
  const dialog = await chooseFromRow(admin, 'contested', 'Revoke')
  await query(`UPDATE memberships SET role = 'read_only_admin' WHERE user_id = $1`, [workspace.people.admin.id])
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Not allowed')
  await expect(dialog.getByRole('alert')).toContainText(NOT_THEIRS)
})

test("another organisation's pages are as if they were not there", async ({ admin, newPage, workspace }) => {
  const key = await makeKey(admin, workspace.slug)
  const other = await makeWorkspace()
  const page = await newPage()
  await signIn(page.context(), other.people.admin)
  expect((await page.request.get('/orgs/never-was/settings/api-keys')).status()).toBe(404)
  const hidden = await page.goto(keysPath(workspace))
  expect(hidden?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  const reply = await page.goto(`${keysPath(other)}/${key.id}`)
  expect(reply?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is no such API key' })).toBeVisible()
})

test('a new key is seen in another tab without a reload', async ({ adminAtList: admin, workspace }) => {
  const second = await admin.context().newPage()
  await second.goto(keysPath(workspace))
  await expect(second.getByText('No API keys yet')).toBeVisible()
  await createInPage(admin, 'seen elsewhere')
  await expect(second.getByRole('link', { name: 'seen elsewhere' })).toBeVisible()
})
