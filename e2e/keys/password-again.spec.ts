import type { Locator } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { chooseFromRow, dialogOf } from '@/e2e/support/dialogs'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { PASSWORD, query, type Workspace } from '@/e2e/support/workspace'

/** As if the person had last entered the password an hour ago. */
const forgetProof = ({ people }: Workspace) =>
  query(`UPDATE sessions SET proved_at = now() - interval '1 hour' WHERE user_id = $1`, [people.admin.id])

const passwordIn = (dialog: Locator) => dialog.getByLabel('Your password')

test('a live key is created only after the password, and what was entered stays', async ({ admin, workspace }) => {
  await admin.goto(keysPath(workspace))
  await forgetProof(workspace)
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('a live one')
  await dialog.getByRole('radio', { name: 'Live' }).click()
  await dialog.getByRole('checkbox', { name: '(leads:read)' }).click()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(passwordIn(dialog)).toBeFocused()
  await passwordIn(dialog).fill('not the password')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByText('This is not your password.')).toBeVisible()
  await expect(passwordIn(dialog)).toBeFocused()
  await passwordIn(dialog).fill(PASSWORD)
  await admin.keyboard.press('Enter')
  await expect(dialog).toContainText('“a live one” is ready')
  const { rows } = await query('SELECT name, scopes FROM api_keys WHERE organization_id = $1', [workspace.id])
  expect(rows).toEqual([{ name: 'a live one', scopes: ['leads:read'] }])
})

test('a rotation asks for the password, then goes on by itself', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'to rotate', environment: 'live' })
  await admin.goto(keysPath(workspace))
  await forgetProof(workspace)
  const dialog = await chooseFromRow(admin, 'to rotate', 'Rotate')
  await dialog.getByRole('radio', { name: '1 hour' }).first().click()
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await passwordIn(dialog).fill(PASSWORD)
  await admin.keyboard.press('Enter')
  await expect(dialog).toContainText('The new key of “to rotate”')
})

test('a deletion asks for the password, and the next one within 15 minutes does not', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'first', environment: 'live' })
  await makeKey(admin, workspace.slug, { name: 'second', environment: 'live' })
  await admin.goto(keysPath(workspace))
  await forgetProof(workspace)
  const first = await chooseFromRow(admin, 'first', 'Delete')
  await first.getByLabel(/Type the key's name/).fill('first')
  await first.getByRole('button', { name: 'Delete key' }).click()
  await passwordIn(first).fill(PASSWORD)
  await first.getByRole('button', { name: 'Delete key' }).click()
  await expect(admin.getByText('Deleted “first”.')).toBeVisible()
  const second = await chooseFromRow(admin, 'second', 'Delete')
  await second.getByLabel(/Type the key's name/).fill('second')
  await second.getByRole('button', { name: 'Delete key' }).click()
  await expect(admin.getByText('Deleted “second”.')).toBeVisible()
})

test('a test key asks for nothing', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'sandbox' })
  await admin.goto(keysPath(workspace))
  await forgetProof(workspace)
  const dialog = await chooseFromRow(admin, 'sandbox', 'Delete')
  await dialog.getByLabel(/Type the key's name/).fill('sandbox')
  await dialog.getByRole('button', { name: 'Delete key' }).click()
  await expect(admin.getByText('Deleted “sandbox”.')).toBeVisible()
})

test('the question is accessible in each dialog', async ({ admin, workspace }) => {
  test.slow()
  const { id } = await makeKey(admin, workspace.slug, { name: 'asked', environment: 'live' })
  await forgetProof(workspace)
  await admin.goto(`${keysPath(workspace)}/${id}`)
  await admin.getByRole('button', { name: 'Rotate', exact: true }).click()
  await dialogOf(admin).getByRole('button', { name: 'Rotate key' }).click()
  await expect(passwordIn(dialogOf(admin))).toBeFocused()
  await check(admin, 'rotation that asks')
  await dialogOf(admin).getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialogOf(admin).getByText('Enter your password.')).toBeVisible()
  await check(admin, 'rotation that asks again')
})
