import type { APIRequestContext, Page } from '@playwright/test'
import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { query } from '@/e2e/support/workspace'

const call = (request: APIRequestContext, key: string, path: string) =>
  request.get(`/api/v1${path}`, { headers: { Authorization: `Bearer ${key}` } })

const tab = (page: Page, name: string) => page.getByRole('tab', { name })

test('the tabs of a key stand in the address, and are walked by arrows', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug)
  await admin.goto(`${keysPath(workspace)}/${id}`)
  await tab(admin, 'Overview').focus()
  await admin.keyboard.press('ArrowRight')
  await expect(tab(admin, 'Permissions')).toBeFocused()
  await admin.keyboard.press('Enter')
  await expect(tab(admin, 'Permissions')).toHaveAttribute('aria-selected', 'true')
  await expect(admin).toHaveURL(/tab=permissions/)
  await admin.reload()
  await expect(tab(admin, 'Permissions')).toHaveAttribute('aria-selected', 'true')
})

test('the calls of a key are told by their outcome, while they come', async ({ admin, workspace, request }) => {
  const { id, key } = await makeKey(admin, workspace.slug, { scopes: ['contacts:read'] })
  await admin.goto(`${keysPath(workspace)}/${id}`)
  await expect(admin.getByRole('heading', { name: 'Details' })).toBeVisible()
  await expect(admin.getByRole('region', { name: 'Calls' })).toHaveCount(0)
  await call(request, key, '/contacts')
  await call(request, key, '/tasks')
  const row = admin.getByRole('region', { name: 'Calls' }).getByRole('row', { name: '24 hours' })
  await expect(row.getByRole('cell')).toHaveText(['1', '1', '0', '0'])
})

test('a permission that is not used is flagged, and one that calls lacked is offered', async ({
  admin,
  workspace,
  request,
}) => {
  const { id, key } = await makeKey(admin, workspace.slug, { scopes: ['contacts:read', 'contacts:write'] })
  await query(`UPDATE api_keys SET created_at = created_at - interval '61 days' WHERE id = $1`, [id])
  await call(request, key, '/contacts')
  await call(request, key, '/tasks')
  await admin.goto(`${keysPath(workspace)}/${id}?tab=permissions`)
  const scopes = admin.getByRole('list', { name: 'Permissions of the key' }).getByRole('listitem')
  await expect(scopes.filter({ hasText: 'contacts:read' })).toContainText('1 call in 60 days')
  await expect(scopes.filter({ hasText: 'contacts:write' })).toContainText('Unused for 60 days')

  await admin.getByRole('button', { name: 'Add tasks:read' }).click()
  await admin.getByRole('button', { name: 'Untick them' }).click()
  await expect(admin.getByRole('list', { name: 'Changes' }).getByRole('listitem')).toHaveText([
    /Adds tasks:read/,
    /Removes contacts:write/,
  ])
  await admin.getByRole('button', { name: 'Save these permissions' }).click()
  await expect(scopes).toHaveCount(2)
  expect((await call(request, key, '/tasks')).status()).toBe(200)
})

test('the audit of a key tells who changed what, and why', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'before' })
  const { send } = dashboard(admin, workspace.slug)
  await send('PATCH', `/keys/${id}`, { name: 'after' })
  await send('POST', `/keys/${id}/revoke`, { reason: 'no longer needed' })
  await admin.goto(`${keysPath(workspace)}/${id}`)
  await tab(admin, 'Audit').click()
  const events = admin.getByRole('list', { name: 'Audit' }).getByRole('listitem')
  await expect(events).toHaveCount(3)
  const { name, email } = workspace.people.admin
  await expect(events.nth(0)).toContainText(`${name} (${email}) revoked the key`)
  await expect(events.nth(0)).toContainText('Reason: no longer needed')
  await expect(events.nth(1)).toContainText('edited the key')
  await expect(events.nth(1)).toContainText('before → after')
  await expect(events.nth(2)).toContainText('created the key')
})

test('the cockpit of a rotation shows who uses the old key, live, and ends it', async ({
  admin,
  workspace,
  request,
}) => {
  const old = await makeKey(admin, workspace.slug, { name: 'rotating' })
  const reply = await dashboard(admin, workspace.slug).send('POST', `/keys/${old.id}/rotate`, { grace_hours: 24 })
  const { key: successor } = await reply.json()
  await admin.goto(`${keysPath(workspace)}/${old.id}`)
  const cockpit = admin.getByRole('region', { name: 'Rotation' })
  await expect(cockpit).toContainText('Nothing has used the old key for 7 days: it can be revoked.')
  await request.get('/api/v1/me', { headers: { Authorization: `Bearer ${old.key}`, 'User-Agent': 'nightly-job/1' } })
  await call(request, successor, '/me')
  await call(request, successor, '/me')
  await expect(cockpit).toContainText(/The old key is still used, last from .*, by nightly-job\/1\./)
  await expect(cockpit.getByText('1 call in 24 hours, 1 in 7 days', { exact: true })).toBeVisible()
  await expect(cockpit.getByText('2 calls in 24 hours, 2 in 7 days', { exact: true })).toBeVisible()

  await cockpit.getByRole('button', { name: 'Revoke old key now' }).click()
  const dialog = dialogOf(admin)
  await expect(dialog).toContainText('It is in use: 1 call in 24 hours, 1 in 7 days.')
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(cockpit).toContainText('This old key is no longer accepted.')
  expect((await call(request, old.key, '/me')).status()).toBe(401)
  expect((await call(request, successor, '/me')).status()).toBe(200)
})
