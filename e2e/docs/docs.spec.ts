import type { Page } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { CREATE_PAGE } from '@/e2e/support/example-pages'
import { expect, keysPath, test } from '@/e2e/support/fixtures'

const search = (page: Page) => page.getByRole('combobox', { name: 'Search the docs' })

test('the menu and the search are accessible', async ({ page }) => {
  test.slow()
  await page.goto('/docs/reference/sequences/create')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: 'Menu' }).click()
  await expect(page.getByRole('navigation', { name: 'Documentation' })).toBeVisible()
  await check(page, 'the menu')
  await page.goto('/docs')
  await page.getByRole('button', { name: 'Search' }).click()
  await search(page).fill('idempotency')
  await expect(page.getByRole('option').first()).toBeVisible()
  await check(page, 'the search')
})

test('the doc_url of an error leads to its entry', async ({ page, request }) => {
  const { doc_url, code } = await (await request.get('/api/v1/me')).json()
  await page.goto(doc_url)
  await expect(page.locator(`#${code}`)).toBeInViewport()
  await expect(page.locator(`#${code}`)).toContainText('Send Authorization: Bearer <key>.')
})

test('the search is opened by "/" and Ctrl+K, and used with the keyboard alone', async ({ page }) => {
  const fetched: string[] = []
  page.on('request', (request) => void fetched.push(new URL(request.url()).pathname))
  await page.goto('/docs/scopes')
  await expect(page.getByRole('button', { name: 'Search' })).toBeEnabled()
  expect(fetched).not.toContain('/docs/search.json')

  await page.keyboard.press('Control+k')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('create task')
  await expect(page.getByRole('option').first()).toContainText('Create a task')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/docs/reference/tasks/create')
  await expect(page.getByRole('heading', { name: 'Create a task' })).toBeVisible()
  await expect(search(page)).toHaveCount(0)

  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('revoked_key')
  await expect(page.getByRole('option').first()).toContainText('revoked_key')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/docs/errors#revoked_key')
  await expect(page.locator('#revoked_key')).toBeInViewport()

  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('zebra')
  await expect(page.getByRole('dialog')).toContainText('Nothing is found for “zebra”.')
  await page.keyboard.press('Escape')
  await expect(search(page)).toHaveCount(0)
  expect(fetched.filter((path) => path === '/docs/search.json')).toHaveLength(1)
})

test('a search that cannot be loaded says so, and tries again', async ({ page }) => {
  await page.route('**/docs/search.json', (route) => route.abort())
  await page.goto('/docs')
  await page.getByRole('button', { name: 'Search' }).click()
  const retry = page.getByRole('button', { name: 'Retry' })
  await expect(retry).toBeVisible()
  await page.unroute('**/docs/search.json')
  await retry.click()
  await expect(retry).toHaveCount(0)
  await search(page).fill('scopes')
  await expect(page.getByRole('option').first()).toContainText('Scopes')
})

test('examples are copied as they stand', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(CREATE_PAGE)
  await page.getByText('Python', { exact: true }).click()
  const sample = page.locator('[data-sample=python]')
  await expect(sample).toBeVisible()
  await page.getByRole('button', { name: 'Copy the Python example' }).click()
  await expect(page.getByRole('button', { name: 'Copy the Python example' })).toHaveText('Copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await sample.locator('pre').textContent())
  expect(copied).toContain(`${new URL(page.url()).origin}/api/v1/contacts`)
})

test('the settings lead to the docs, and the docs back to the product', async ({ admin, workspace }) => {
  await admin.goto(keysPath(workspace))
  await admin.getByRole('link', { name: 'Docs', exact: true }).click()
  await expect(admin.getByRole('heading', { name: 'Latchkey docs' })).toBeVisible()
  await admin.getByRole('link', { name: 'Open Latchkey' }).click()
  await expect(admin).toHaveURL(keysPath(workspace))
})

test('an address without a page says so within the docs', async ({ page }) => {
  expect((await page.goto('/docs/nothing'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is no such page in the docs' })).toBeVisible()
  expect((await page.goto('/docs/reference/contacts/nothing'))?.status()).toBe(404)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('everything is read, the menu opens and the languages can be chosen', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/docs')
    await page.getByRole('main').getByRole('link', { name: 'Quick start' }).click()
    await expect(page.getByRole('heading', { name: '2. Try it' })).toBeVisible()
    await page.getByRole('button', { name: 'Menu' }).click()
    const menu = page.getByRole('navigation', { name: 'Documentation' })
    await menu.getByText('Contacts', { exact: true }).click()
    await menu.getByRole('link', { name: 'Create a contact' }).click()
    await expect(page.getByRole('heading', { name: 'Create a contact' })).toBeVisible()
    await expect(page.getByText('curl -X POST')).toBeVisible()
    await page.getByText('JavaScript', { exact: true }).click()
    await expect(page.getByText('const response = await fetch(')).toBeVisible()
    await expect(page.getByText('curl -X POST')).toBeHidden()
    await expect(page.getByRole('heading', { name: 'Errors' })).toBeVisible()
    // What would do nothing is not there.
    await expect(page.getByRole('button', { name: 'Search' })).toBeHidden()
    await expect(page.getByRole('button', { name: /^Copy/ }).first()).toBeHidden()
    await expect(page.getByRole('button', { name: 'Generate test token' })).toBeHidden()
  })
})
