import type { Page } from '@playwright/test'
import { CREATE_PAGE } from '@/e2e/support/example-pages'
import { dashboard, expect, makeKey, test } from '@/e2e/support/fixtures'
import { inBrowser, inDatabase } from '@/e2e/support/leaks'
import { query } from '@/e2e/support/workspace'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const reply = (page: Page) => page.getByRole('region', { name: 'Reply' })
const access = (page: Page) => page.getByRole('region', { name: 'Access' })

/** Generates a token, and returns it from the one reply that holds it. */
async function generate(page: Page): Promise<{ id: string; key: string }> {
  const minted = page.waitForResponse('**/keys/playground')
  await button(page, 'Generate test token').click()
  const created = await (await minted).json()
  await expect(button(page, 'Revoke token')).toBeVisible()
  return created
}

test('the token is in no storage, address, source or table, and a reload forgets it', async ({ pageAs }) => {
  const page = await pageAs('admin')
  await page.goto(CREATE_PAGE)
  const { key } = await generate(page)
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('201 Created')
  const secret = key.slice(14)
  expect(secret.length).toBeGreaterThan(20)
  expect(await inBrowser(page, secret)).toEqual([])
  expect(await inDatabase(secret)).toEqual([])
  await page.reload()
  await expect(button(page, 'Generate test token')).toBeVisible()
  await expect(button(page, 'Send')).toBeDisabled()
  expect(await inBrowser(page, secret)).toEqual([])
})

test('copied as cURL, the request names the key and does not hold it', async ({ pageAs }) => {
  const page = await pageAs('admin')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(CREATE_PAGE)
  const { key } = await generate(page)
  await button(page, 'Copy as cURL').click()
  await expect(button(page, 'Copied')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('Authorization: Bearer $LATCHKEY_API_KEY')
  expect(copied).toContain(`curl -X POST '${new URL(page.url()).origin}/api/v1/contacts'`)
  expect(copied).not.toContain(key.slice(14))
})

test('its hour is counted down, and at its end a new token is offered', async ({ pageAs }) => {
  const page = await pageAs('admin')
  await page.clock.install()
  await page.goto(CREATE_PAGE)
  await generate(page)
  await expect(access(page)).toContainText(/(60|59):\d\d left/)
  await page.clock.fastForward('30:00')
  await expect(access(page)).toContainText(/(30|29):\d\d left/)
  await page.clock.fastForward('30:01')
  await expect(access(page)).toContainText('has ended: its hour is over.')
  await expect(button(page, 'Send')).toBeDisabled()
  await generate(page)
  await expect(button(page, 'Send')).toBeEnabled()
})

test('one that has ended on the server says so at the next request', async ({ pageAs }) => {
  const page = await pageAs('admin')
  await page.goto(CREATE_PAGE)
  const { id } = await generate(page)
  await query('UPDATE api_keys SET expires_at = created_at WHERE id = $1', [id])
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('expired_key')
  await expect(reply(page)).toContainText('This test token has ended')
  await expect(access(page)).toContainText('has ended')
})

test('revoked in the playground, it opens nothing any more', async ({ pageAs }) => {
  const page = await pageAs('admin')
  await page.goto(CREATE_PAGE)
  const { key } = await generate(page)
  await button(page, 'Revoke token').click()
  await expect(access(page)).toContainText('was revoked.')
  const refused = await page.request.get('/api/v1/me', { headers: { Authorization: `Bearer ${key}` } })
  expect((await refused.json()).code).toBe('revoked_key')
})

test('with the Developer API off, nothing is minted and nothing is sent without saying so', async ({
  pageAs,
  workspace,
}) => {
  const page = await pageAs('admin')
  await page.goto(CREATE_PAGE)
  await generate(page)
  await query('UPDATE organizations SET developer_api = false WHERE id = $1', [workspace.id])
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('The Developer API is off')
  await expect(reply(page)).toContainText('developer_api_disabled')
  await page.reload()
  await button(page, 'Generate test token').click()
  await expect(access(page)).toContainText('The Developer API is off')
  await expect(access(page)).toContainText('Only a platform admin can turn it on.')
})

test('a sixth live one is refused with the reason', async ({ pageAs, workspace }) => {
  const page = await pageAs('admin')
  const { send } = dashboard(page, workspace.slug)
  for (let made = 0; made < 5; made++) {
    expect((await send('POST', '/keys/playground', { resource: 'contacts' })).status()).toBe(201)
  }
  await page.goto(CREATE_PAGE)
  await button(page, 'Generate test token').click()
  await expect(access(page).getByRole('alert')).toContainText('You have 5 docs playground keys here that still work.')
})

test('without a network it says so, and what was entered stays', async ({ pageAs, faults }) => {
  const page = await pageAs('admin')
  await page.goto(CREATE_PAGE)
  await generate(page)
  await page.getByRole('textbox', { name: 'Body' }).fill('{"email": "kept@example.com"}')
  await page.context().setOffline(true)
  await button(page, 'Send').click()
  await expect(reply(page).getByRole('alert')).toContainText('You are offline')
  await page.context().setOffline(false)
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('kept@example.com')
  faults.length = 0
})

test('a key of one’s own is used as the token is, hidden, and forgotten on demand', async ({ pageAs, workspace }) => {
  const page = await pageAs('admin')
  const { key } = await makeKey(page, workspace.slug, { environment: 'live', scopes: ['contacts:write'] })
  await page.goto(CREATE_PAGE)
  await page.getByText('Use a key of your own instead').click()
  const input = page.getByRole('textbox', { name: 'API key' })
  await input.fill('not a key')
  await button(page, 'Use key').click()
  await expect(access(page)).toContainText('This is not a whole key')
  await input.fill(key)
  await button(page, 'Use key').click()
  await expect(access(page)).toContainText('This key acts on live data.')
  expect(await inBrowser(page, key.slice(14))).toEqual([])
  await button(page, 'Send').click()
  await expect(reply(page)).toContainText('201 Created')
  await button(page, 'Forget key').click()
  await expect(button(page, 'Generate test token')).toBeVisible()
  await expect(button(page, 'Send')).toBeDisabled()
})

test('where the policy lets no key work from here, no token is made, and the reader is told what to do', async ({
  admin,
  workspace,
}) => {
  await dashboard(admin, workspace.slug).send('PUT', '/policy', {
    keys_must_expire: false,
    longest_lifetime_hours: null,
    allowed_ranges: ['203.0.113.0/24'],
  })
  await admin.goto(CREATE_PAGE)
  await button(admin, 'Generate test token').click()
  await expect(access(admin)).toContainText('keys work only from 203.0.113.0/24, and you are at')
  await expect(access(admin)).toContainText('ask an Admin to add yours to the policy')
  await expect(access(admin)).not.toContainText('allowed_ips')
})
