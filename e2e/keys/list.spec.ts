import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { environment } from '@/e2e/support/environment'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

const names = (page: import('@playwright/test').Page) => page.getByRole('row').getByRole('link').allTextContents()

test('search, filters and order stand in the address, and survive a reload and Back', async ({ admin, workspace }) => {
  for (const [name, environment] of [
    ['alpha', 'live'],
    ['beta', 'test'],
    ['gamma', 'live'],
  ]) {
    await makeKey(admin, workspace.slug, { name, environment })
  }
  await admin.goto(keysPath(workspace))
  await expect.poll(() => names(admin)).toEqual(['gamma', 'beta', 'alpha'])
  const choose = (label: string, option: string) =>
    admin.getByRole('combobox', { name: label }).selectOption({ label: option })
  await choose('Environment', 'Live')
  await expect.poll(() => names(admin)).toEqual(['gamma', 'alpha'])
  await choose('Sort', 'Name, A to Z')
  await expect.poll(() => names(admin)).toEqual(['alpha', 'gamma'])
  await expect(admin).toHaveURL(/environment=live/)
  await expect(admin).toHaveURL(/sort=name/)
  await admin.reload()
  await expect.poll(() => names(admin)).toEqual(['alpha', 'gamma'])
  await admin.getByRole('searchbox').fill('GAM')
  await expect.poll(() => names(admin)).toEqual(['gamma'])
  await expect(admin).toHaveURL(/q=GAM/)
  await admin.goBack()
  await expect.poll(() => names(admin)).toEqual(['gamma', 'alpha'])
  await choose('Status', 'Revoked')
  await expect(admin.getByText('No key matches.')).toBeVisible()
  await admin.getByRole('button', { name: 'Clear search and filters' }).click()
  await expect.poll(() => names(admin)).toEqual(['gamma', 'beta', 'alpha'])
})

test('a whole key in the search box is cut to its prefix, never sent, and warned of', async ({ admin, workspace }) => {
  const { key, key_prefix } = await makeKey(admin, workspace.slug, { name: 'pasted' })
  await makeKey(admin, workspace.slug, { name: 'another' })
  await admin.goto(keysPath(workspace))
  const sent: string[] = []
  admin.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')))
  await admin.getByRole('searchbox').fill(`Bearer ${key}`)
  await expect(admin.getByRole('searchbox')).toHaveValue(`Bearer ${key_prefix}`)
  await expect(admin.getByRole('alert').filter({ hasText: 'That was a whole API key.' })).toBeVisible()
  await admin.getByRole('searchbox').fill(key)
  await expect.poll(() => names(admin)).toEqual(['pasted'])
  const secret = key.slice(key_prefix.length)
  expect(sent.filter((text) => text.includes(secret))).toEqual([])
  expect(await admin.content()).not.toContain(secret)
})

test('a list longer than a page leads on and back', async ({ admin, workspace }) => {
  for (let number = 1; number <= 27; number++) await makeKey(admin, workspace.slug, { name: `key ${number}` })
  await admin.goto(`${keysPath(workspace)}?sort=created_at`)
  await expect(admin.getByRole('link', { name: /^key / })).toHaveCount(25)
  await expect(admin.getByText('25 of 27 keys')).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Previous' })).toBeDisabled()
  await admin.getByRole('button', { name: 'Next' }).click()
  await expect.poll(() => names(admin)).toEqual(['key 26', 'key 27'])
  await expect(admin.getByText('2 of 27 keys')).toBeVisible()
  await admin.getByRole('button', { name: 'Previous' }).click()
  await expect(admin.getByRole('link', { name: /^key / })).toHaveCount(25)
  await admin.getByRole('button', { name: 'Next' }).click()
  await expect.poll(() => names(admin)).toEqual(['key 26', 'key 27'])
  await expect(admin).toHaveURL(/cursor=/)
  await admin.reload()
  await expect.poll(() => names(admin)).toEqual(['key 26', 'key 27'])
  await admin.getByRole('button', { name: 'First page' }).click()
  await expect(admin.getByRole('link', { name: /^key / })).toHaveCount(25)
  await admin.goto(`${keysPath(workspace)}?cursor=nonsense`)
  await expect(admin.getByRole('main').getByRole('alert')).toBeVisible()
})

test('what people wrote is shown as they wrote it, and runs nothing', async ({ admin, workspace }) => {
  const name = '<img src=x onerror=alert(1)> =1+1 "quoted"'
  await makeKey(admin, workspace.slug, { name, description: '</script><script>throw 1</script>' })
  await admin.goto(keysPath(workspace))
  await admin.getByRole('link', { name }).click()
  await expect(admin.getByRole('heading', { name })).toBeVisible()
  await expect(admin.getByText('</script><script>throw 1</script>')).toBeVisible()
})

test('a press anywhere on the row opens the key', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'pressed' })
  await admin.goto(keysPath(workspace))
  await admin.getByRole('row', { name: 'pressed' }).getByText('Read-only').click()
  await expect(admin).toHaveURL(`${keysPath(workspace)}/${id}`)
})

test('the empty list holds the first call', async ({ adminAtList: admin, baseURL }) => {
  await expect(admin.getByText('No API keys yet')).toBeVisible()
  await expect(admin.getByText(`curl -X POST "${baseURL}/api/v1/test"`)).toBeVisible()
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  await expect(admin.getByRole('dialog', { name: 'Create an API key' })).toBeVisible()
})

test('a status is told apart by its word', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'gone' })
  await dashboard(admin, workspace.slug).send('POST', `/keys/${id}/revoke`, { reason: 'test', leaked: true })
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('row', { name: 'gone' })).toContainText('Revoked')
  await admin.getByRole('button', { name: 'Actions for gone' }).click()
  const reactivate = admin.getByRole('menuitem', { name: 'Reactivate' })
  await expect(reactivate).toHaveAttribute('aria-disabled', 'true')
  await expect(reactivate).toContainText('Revoked because it leaked; create a new key.')
})

test('a key that an operator made shows "CLI" as its maker, in the list and on its page', async ({
  adminAtList: admin,
  workspace,
}) => {
  const command = ['keys', 'create', '--org', workspace.slug, '--name', 'by hand', '--env', 'test', '--json']
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...command], {
    env: { ...process.env, DATA_DIR: environment.E2E_DATA_DIR },
  })
  await admin.reload()
  const row = admin.getByRole('row', { name: 'by hand' })
  await expect(row.getByRole('cell', { name: 'CLI', exact: true })).toBeVisible()
  await row.getByRole('link', { name: 'by hand' }).click()
  await expect(admin.getByRole('definition').filter({ hasText: 'by CLI' })).toBeVisible()
})
