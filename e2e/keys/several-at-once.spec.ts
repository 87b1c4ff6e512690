import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

const select = (page: import('@playwright/test').Page, name: string) =>
  page.getByRole('checkbox', { name: `Select ${name}`, exact: true })

test('several keys are revoked at once, and each says what has become of it', async ({ admin, workspace }) => {
  const made = []
  for (const name of ['one', 'two', 'three']) made.push(await makeKey(admin, workspace.slug, { name }))
  await admin.goto(keysPath(workspace))
  await select(admin, 'one').click()
  await select(admin, 'two').click()
  await expect(admin.getByText('2 selected')).toBeVisible()
  await admin.getByRole('button', { name: 'Revoke…' }).click()
  const dialog = dialogOf(admin)
  await expect(dialog).toHaveAccessibleName('Revoke 2 keys?')
  await expect(dialog.getByText('No calls in 7 days')).toHaveCount(2)
  // Somebody else deletes one of them meanwhile.
  await dashboard(admin, workspace.slug).send('DELETE', `/keys/${made[0]?.id}`)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('a laptop was lost')
  await dialog.getByRole('button', { name: 'Revoke 2 keys' }).click()
  await expect(dialog).toHaveAccessibleName('Revoked 1 of 2 keys')
  const keys = dialog.getByRole('list', { name: 'Keys' }).getByRole('listitem')
  await expect(keys.filter({ hasText: 'one' })).toContainText('Is no longer there')
  await expect(keys.filter({ hasText: 'two' })).toContainText('Revoked')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(admin.getByRole('row', { name: 'two' })).toContainText('Revoked')
  await expect(admin.getByRole('row', { name: 'three' })).toContainText('Active')
  await expect(admin.getByText('2 keys', { exact: true })).toBeVisible()
})

test('what is ticked is only what is in sight', async ({ admin, workspace }) => {
  for (const name of ['one', 'two']) await makeKey(admin, workspace.slug, { name })
  await admin.goto(keysPath(workspace))
  const all = admin.getByRole('checkbox', { name: 'Select all on this page' })
  await all.click()
  await expect(admin.getByText('2 selected')).toBeVisible()
  await select(admin, 'one').click()
  await expect(all).toBeChecked({ indeterminate: true })
  await admin.getByRole('searchbox', { name: 'Search keys' }).fill('one')
  await expect(admin.getByText('1 key', { exact: true })).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Revoke…' })).toHaveCount(0)
})

test('a Read-Only Admin sees why nothing can be ticked', async ({ admin, pageAs, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'one' })
  const reader = await pageAs('read_only_admin')
  await reader.goto(keysPath(workspace))
  await expect(select(reader, 'one')).toHaveAttribute('aria-disabled', 'true')
  await select(reader, 'one').focus()
  await expect(reader.getByText('Read-Only Admins can see and create keys, but not change them.').first()).toBeVisible()
})
