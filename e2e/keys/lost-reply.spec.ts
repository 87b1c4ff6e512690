import type { Page } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { chooseFromRow, createInPage, dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { PASSWORD, query, type Workspace } from '@/e2e/support/workspace'

const CREATE = '**/api/dashboard/orgs/*/keys'
const ROTATE = '**/rotate'
const REPLACE = 'Replace and show the key'
const NEVER_SHOWN = /The secret of “.+” was never shown/

/** Lets the next request to `url` do its work, and loses the reply. */
const loseReply = (page: Page, url: string) =>
  page.route(
    url,
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )

/** The states of all keys, the oldest first. */
async function states(page: Page, { slug }: Workspace): Promise<string[]> {
  const reply = await dashboard(page, slug).get('/keys?sort=created_at')
  const { data } = await reply.json()
  return data.map(({ status }: { status: string }) => status)
}

test('where the reply to a creation is lost, the next try finds the key and replaces it: one good key is left', async ({
  adminAtList: admin,
  workspace,
}) => {
  await loseReply(admin, CREATE)
  const dialog = await createInPage(admin, 'cut off')
  await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByRole('alert')).toContainText(NEVER_SHOWN)
  expect(await states(admin, workspace)).toEqual(['active'])
  await check(admin, 'a key that was made and not shown')
  await dialog.getByRole('button', { name: REPLACE }).click()
  await expect(dialog).toHaveAccessibleName('“cut off” is ready')
  await dialog.getByRole('button', { name: 'Verify now' }).click()
  await expect(dialog).toContainText('200: GET /api/v1/me knows it as “cut off”.')
  expect(await states(admin, workspace)).toEqual(['rotated', 'active'])
})

test('where the reply to a rotation is lost, the next try finds the successor, and replaces it after the password', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'to rotate', environment: 'live' })
  await admin.goto(keysPath(workspace))
  const dialog = await chooseFromRow(admin, 'to rotate', 'Rotate')
  await loseReply(admin, ROTATE)
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached')
  await query(`UPDATE sessions SET proved_at = now() - interval '1 hour' WHERE user_id = $1`, [
    workspace.people.admin.id,
  ])
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog.getByRole('alert')).toContainText(NEVER_SHOWN)
  await dialog.getByRole('button', { name: REPLACE }).click()
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await admin.keyboard.press('Enter')
  await expect(dialog).toHaveAccessibleName('The new key of “to rotate”')
  await expect(dialog).toContainText('This is the only time the key is shown.')
  expect(await states(admin, workspace)).toEqual(['retiring', 'rotated', 'active'])
})

test('where the reply to the replacement is lost too, it is replaced in turn', async ({
  adminAtList: admin,
  workspace,
}) => {
  await loseReply(admin, CREATE)
  const dialog = await createInPage(admin, 'cut off twice')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const prefix = dialog.getByRole('alert').getByRole('code')
  const first = await prefix.textContent()
  await loseReply(admin, ROTATE)
  await dialog.getByRole('button', { name: REPLACE }).click()
  await expect(dialog).toContainText('The server cannot be reached')
  await dialog.getByRole('button', { name: REPLACE }).click()
  await expect(prefix).not.toHaveText(first ?? '')
  await dialog.getByRole('button', { name: REPLACE }).click()
  await expect(dialog).toHaveAccessibleName('“cut off twice” is ready')
  expect(await states(admin, workspace)).toEqual(['rotated', 'rotated', 'active'])
})

test('a form that is changed after the reply was lost finds the key that was made before', async ({
  adminAtList: admin,
  workspace,
}) => {
  await loseReply(admin, CREATE)
  const dialog = await createInPage(admin, 'as it was')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('as it is now')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByRole('alert')).toContainText(NEVER_SHOWN)
  await dialog.getByRole('button', { name: REPLACE }).click()
  await expect(dialog).toHaveAccessibleName('“as it was” is ready')
  expect(await states(admin, workspace)).toEqual(['rotated', 'active'])
})

test('where the first try is still being worked on, the dialog says so and looks again', async ({
  adminAtList: admin,
  workspace,
}) => {
  await loseReply(admin, CREATE)
  const dialog = await createInPage(admin, 'cut off')
  await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached')
  const problem = {
    ...{ type: 'ConflictIssue', title: 'x', status: 409, code: 'idempotency_in_progress', doc_url: '' },
    ...{ detail: 'A request with this Idempotency-Key is still being worked on.', request_id: 'req-from-the-test' },
  }
  await admin.route(CREATE, (route) => route.fulfill({ status: 409, json: problem }), { times: 1 })
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('It is still being made')
  await expect(dialog).not.toContainText('Idempotency-Key')
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await expect(dialog.getByRole('alert')).toContainText(NEVER_SHOWN)
  expect(await states(admin, workspace)).toEqual(['active'])
})

test('a form that is given up after the reply was lost says that a key may have been made', async ({
  adminAtList: admin,
}) => {
  await loseReply(admin, CREATE)
  const dialog = await createInPage(admin, 'given up')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await admin.keyboard.press('Escape')
  await expect(admin.getByRole('dialog', { name: 'Discard' })).toContainText('A key may have been made')
})

test('a Read-Only Admin, who may replace no key, is told who may', async ({ pageAs, workspace }) => {
  const page = await pageAs('read_only_admin')
  await page.goto(keysPath(workspace))
  await loseReply(page, CREATE)
  const dialog = await createInPage(page, 'cut off')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog).toContainText('Only an Admin can replace it.')
  await expect(dialog.getByRole('button', { name: REPLACE })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Leave it unused' }).click()
  await expect(dialogOf(page)).toHaveCount(0)
  expect(await states(page, workspace)).toEqual(['active'])
})
