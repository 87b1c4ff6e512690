import { dialogOf } from '@/e2e/support/dialogs'
import { environment } from '@/e2e/support/environment'
import { expect, keysPath, test } from '@/e2e/support/fixtures'
import { inBrowser, inDatabase, onDisk } from '@/e2e/support/leaks'

/** The main job, end to end: an Admin makes a key, an integration uses it, the Admin revokes it. */

test('a key is made, used, revoked, reactivated and deleted, and leaves no trace of its secret', async ({
  page,
  context,
  request,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const addresses: string[] = []
  page.on('request', (sent) => addresses.push(sent.url()))

  await page.goto('/')
  await page.getByLabel('Email').fill('admin@acme.test')
  await page.getByLabel('Password').fill(environment.DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/orgs/acme/settings/api-keys')

  await page.getByRole('button', { name: 'Create API Key' }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('journey')
  for (const box of await dialog.getByRole('checkbox').all()) await expect(box).not.toBeChecked()
  await dialog.getByRole('checkbox', { name: '(contacts:read)' }).click()
  await dialog.getByRole('checkbox', { name: '(contacts:write)' }).click()
  await expect(dialog).toContainText('This key can read and write contacts in live data, and never expires.')
  await dialog.getByRole('button', { name: 'Create key' }).click()

  await expect(dialog).toContainText('This is the only time the key is shown.')
  const field = dialog.getByLabel('API key', { exact: true })
  await expect(field).toHaveValue(/^lk_live_[0-9A-Za-z]{6}•{30}$/)
  await dialog.getByRole('button', { name: 'Reveal' }).click()
  await expect(field).toHaveValue(/^lk_live_[0-9A-Za-z]{36}$/)
  const key = await field.inputValue()
  await expect(dialog.getByRole('tabpanel')).toContainText(`curl -X POST "${environment.E2E_BASE_URL}/api/v1/test"`)
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()

  const headers = { Authorization: `Bearer ${key}` }
  const created = await request.post('/api/v1/contacts', { headers, data: { email: 'journey@example.com' } })
  expect(created.status()).toBe(201)
  const listed = await request.get('/api/v1/contacts?email=journey@example.com', { headers })
  expect((await listed.json()).data).toMatchObject([{ email: 'journey@example.com' }])

  const row = page.getByRole('row', { name: 'journey' })
  await expect(row.getByRole('cell', { name: 'just now' })).toBeVisible()

  const act = async (action: string, sure: string) => {
    await row.getByRole('button', { name: 'Actions for journey' }).click()
    await page.getByRole('menuitem', { name: action }).click()
    if (action === 'Delete') await dialog.getByRole('textbox').fill('journey')
    await dialog.getByRole('button', { name: sure }).click()
    await expect(dialog).toBeHidden()
  }
  const use = async () => {
    const reply = await request.get('/api/v1/me', { headers })
    return { status: reply.status(), code: (await reply.json()).code }
  }
  await act('Revoke', 'Revoke key')
  expect(await use()).toEqual({ status: 401, code: 'revoked_key' })
  await expect(row).toContainText('Revoked')
  await act('Reactivate', 'Reactivate key')
  expect(await use()).toEqual({ status: 200, code: undefined })
  await act('Delete', 'Delete key')
  expect(await use()).toEqual({ status: 401, code: 'invalid_key' })
  await expect(row).toBeHidden()

  const secret = key.slice(-36)
  await page.evaluate(() => navigator.clipboard.writeText(''))
  expect(await inBrowser(page, secret)).toEqual([])
  await page.reload()
  expect(await page.content()).not.toContain(secret)
  expect(addresses.filter((address) => address.includes(secret))).toEqual([])
  expect(await inDatabase(secret)).toEqual([])
  expect(await onDisk(secret)).toEqual([])
})

test('the search for a secret would find one: prefixes are in the database, in the page and on disk', async ({
  admin,
  workspace,
}) => {
  await admin.goto(keysPath(workspace))
  expect(await inDatabase(workspace.slug)).toEqual(['table public.organizations'])
  expect(await inBrowser(admin, workspace.slug)).toEqual(expect.arrayContaining(['source', 'address']))
  await expect.poll(() => onDisk(workspace.slug)).not.toEqual([])
})
