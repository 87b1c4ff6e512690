import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

const section = (page: import('@playwright/test').Page, name: string) => page.getByRole('region', { name })

test('name and description, permissions, allowlist and limit are edited in their place', async ({
  admin,
  workspace,
}) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'before', scopes: ['contacts:read', 'contacts:delete'] })
  await admin.goto(`${keysPath(workspace)}/${id}`)

  const details = section(admin, 'Details')
  await details.getByRole('button', { name: 'Edit' }).click()
  await details.getByRole('textbox', { name: 'Name' }).fill('after')
  await details.getByRole('textbox', { name: 'Description' }).fill('says what it is for')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByRole('heading', { name: 'after' })).toBeVisible()
  await expect(details.getByRole('button', { name: 'Edit' })).toBeFocused()

  await admin.getByRole('tab', { name: 'Permissions' }).click()
  const permissions = section(admin, 'Permissions')
  await permissions.getByRole('button', { name: 'Edit' }).click()
  const save = permissions.getByRole('button', { name: 'Save these permissions' })
  await expect(save).toBeDisabled()
  await permissions.getByRole('checkbox', { name: '(contacts:write)' }).click()
  await permissions.getByRole('checkbox', { name: '(contacts:delete)' }).click()
  await expect(permissions.getByRole('list', { name: 'Changes' }).getByRole('listitem')).toHaveText([
    /Adds contacts:write/,
    /Removes contacts:delete/,
  ])
  await save.click()
  await expect(permissions.getByRole('button', { name: 'Edit' })).toBeVisible()

  await admin.getByRole('tab', { name: 'Overview' }).click()
  const limits = section(admin, 'Limits')
  await limits.getByRole('button', { name: 'Edit' }).click()
  await limits.getByRole('textbox', { name: 'IP allowlist' }).fill('10.0.0.1/8')
  await limits.getByRole('button', { name: 'Save' }).click()
  await expect(limits).toContainText('Line 1: 10.0.0.1/8 has bits set beyond its /8')
  await limits.getByRole('textbox', { name: 'IP allowlist' }).fill('10.0.0.0/8')
  await limits.getByRole('textbox', { name: 'Requests per minute' }).fill('60')
  await limits.getByRole('button', { name: 'Save' }).click()
  await expect(limits.getByRole('button', { name: 'Edit' })).toBeVisible()

  const saved = await (await dashboard(admin, workspace.slug).get(`/keys/${id}`)).json()
  expect(saved).toMatchObject({
    name: 'after',
    description: 'says what it is for',
    scopes: ['contacts:read', 'contacts:write'],
    allowed_ips: ['10.0.0.0/8'],
    rate_limit: 60,
  })
})

test('"Edit" in the row menu leads to the fields', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'to edit' })
  await admin.goto(keysPath(workspace))
  await admin.getByRole('button', { name: 'Actions for to edit' }).click()
  await admin.getByRole('menuitem', { name: 'Edit' }).click()
  await expect(section(admin, 'Details').getByRole('textbox', { name: 'Name' })).toHaveValue('to edit')
})

test('rotation shows the new key once; in its grace the old one works too', async ({ admin, workspace, request }) => {
  const old = await makeKey(admin, workspace.slug, { name: 'rotating' })
  const statusOf = async (key: string) =>
    (await request.get('/api/v1/me', { headers: { Authorization: `Bearer ${key}` } })).status()
  await admin.goto(`${keysPath(workspace)}/${old.id}`)
  await admin.getByRole('button', { name: 'Rotate', exact: true }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('radio', { name: '1 hour' }).first().click()
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog).toContainText('This is the only time the key is shown.')
  await dialog.getByRole('button', { name: 'Reveal' }).click()
  const field = dialog.getByLabel('API key', { exact: true })
  await expect(field).toHaveValue(/^lk_test_[0-9A-Za-z]{36}$/)
  const key = await field.inputValue()
  expect(key).not.toBe(old.key)
  expect(await statusOf(key)).toBe(200)
  expect(await statusOf(old.key)).toBe(200)
  await dialog.getByRole('checkbox', { name: 'I stored it' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(admin.getByText('Rotated; accepted until its grace ends.')).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Rotate', exact: true })).toBeDisabled()

  await admin.getByRole('link', { name: 'Its successor' }).click()
  await expect(admin.getByText(key.slice(0, 14), { exact: true })).toBeVisible()
  await admin.getByRole('button', { name: 'Rotate', exact: true }).click()
  await dialog.getByRole('radio', { name: 'None: stop now' }).click()
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog).toContainText('This is the only time the key is shown.')
  expect(await statusOf(key)).toBe(401)
})

test('deleting wants the name, recommends revoking, and leads back to the list', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'doomed' })
  await admin.goto(`${keysPath(workspace)}/${id}`)
  await admin.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = dialogOf(admin)
  await expect(dialog).toContainText('When in doubt, revoke it first.')
  const sure = dialog.getByRole('button', { name: 'Delete key' })
  await dialog.getByRole('textbox').fill('Doomed')
  await expect(sure).toBeDisabled()
  await dialog.getByRole('textbox').fill('doomed')
  await sure.click()
  await expect(admin).toHaveURL(keysPath(workspace))
  await expect(admin.getByText('No API keys yet')).toBeVisible()
  expect((await admin.goto(`${keysPath(workspace)}/${id}`))?.status()).toBe(404)
})

test('a key revoked as leaked says so, with the reason, and cannot come back', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'leaky' })
  await admin.goto(`${keysPath(workspace)}/${id}`)
  await admin.getByRole('button', { name: 'Revoke', exact: true }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('seen in a chat')
  await dialog.getByRole('checkbox', { name: /It leaked/ }).click()
  await expect(dialog).toContainText('A key that leaked can never be reactivated.')
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(admin.getByText(/because it leaked: seen in a chat/)).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Reactivate' })).toBeDisabled()
})
