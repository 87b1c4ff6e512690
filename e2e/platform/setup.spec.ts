import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { prepare } from '@/e2e/support/browser'
import { check } from '@/e2e/support/check-page'
import { checkWidths } from '@/e2e/support/check-widths'
import { dialogOf } from '@/e2e/support/dialogs'
import { type EmptyProduct, startEmptyProduct } from '@/e2e/support/empty-product'
import { unseenBy } from '@/e2e/support/pages'
import { PASSWORD } from '@/e2e/support/workspace'

type Fixtures = {
  product: EmptyProduct
  /** A browser of somebody new. */
  visit: () => Promise<Page>
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  product: async ({}, use) => {
    const product = await startEmptyProduct()
    await use(product)
    await product.stop()
  },
  visit: async ({ browser, product }, use) => {
    const contexts: BrowserContext[] = []
    const faults: string[] = []
    await use(async () => {
      const context = await browser.newContext({ baseURL: product.url })
      contexts.push(context)
      prepare(context, faults, { address: product.url })
      return context.newPage()
    })
    for (const context of contexts) await context.close()
    expect(faults).toEqual([])
  },
})

async function setUp(page: Page, token: string) {
  await page.getByLabel('Token from the log').fill(token)
  await page.getByLabel('Your name').fill('Petra Platform')
  await page.getByLabel('Email').fill('petra@first.test')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set up' }).click()
}

async function accept(page: Page, link: string, name: string) {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await expect(page.getByRole('button', { name: `Account: ${name}, Admin` })).toBeVisible()
}

const shownLink = (page: Page) => dialogOf(page).getByRole('textbox', { name: 'Link' }).inputValue()

async function setDeveloper(page: Page, name: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Change role' }).click()
  await dialogOf(page)
    .getByRole('checkbox', { name: /^Developer permission/ })
    .click()
  await dialogOf(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialogOf(page)).toBeHidden()
}

async function setFlag(page: Page, action: 'Turn on' | 'Turn off') {
  await page.getByRole('button', { name: action, exact: true }).click()
  await dialogOf(page).getByRole('textbox', { name: 'Reason' }).fill('A test.')
  await dialogOf(page).getByRole('button', { name: action, exact: true }).click()
  await expect(dialogOf(page)).toBeHidden()
}

test('from an empty database to a key that works: first run, organisation, two Admins, permission, flag', async ({
  product,
  visit,
}) => {
  test.slow()
  const platform = await visit()
  await platform.goto('/')
  await expect(platform).toHaveURL('/setup')
  await check(platform, 'set-up')
  await checkWidths(platform, 'set-up')
  expect(unseenBy('first run', [new URL(platform.url()).pathname])).toEqual([])
  await setUp(platform, 'not-the-token')
  await expect(platform.getByText('This is not a token of the last 24 hours.', { exact: false })).toBeVisible()
  await setUp(platform, product.token)
  await expect(platform).toHaveURL('/platform')
  await expect(platform.getByText('No organisation yet')).toBeVisible()

  const stranger = await visit()
  expect((await stranger.goto('/setup'))?.status()).toBe(404)
  expect((await stranger.request.get('/api/dashboard/setup')).status()).toBe(404)
  await stranger.goto('/')
  await expect(stranger).toHaveURL('/sign-in')

  await platform.getByRole('button', { name: 'Create organisation' }).click()
  await dialogOf(platform).getByRole('textbox', { name: 'Name' }).fill('First')
  await dialogOf(platform)
    .getByRole('checkbox', { name: /^Developer API/ })
    .click()
  await dialogOf(platform).getByRole('textbox', { name: 'Email of its first Admin' }).fill('ada@first.test')
  await dialogOf(platform).getByRole('button', { name: 'Create', exact: true }).click()
  const first = await visit()
  await accept(first, await shownLink(platform), 'Ada First')
  await dialogOf(platform).getByRole('button', { name: 'Done' }).click()
  await expect(first.getByText('The Developer API is off', { exact: true })).toBeVisible()

  await first.goto('/orgs/first/settings/members')
  await first.getByRole('button', { name: 'Invite', exact: true }).click()
  await dialogOf(first).getByRole('textbox', { name: 'Email' }).fill('bea@first.test')
  await dialogOf(first).getByRole('radio', { name: 'Admin', exact: true }).click()
  await dialogOf(first).getByRole('button', { name: 'Make the link' }).click()
  const second = await visit()
  await accept(second, await shownLink(first), 'Bea Second')

  await platform.goto('/platform/organizations/first')
  await setFlag(platform, 'Turn on')
  await first.goto('/orgs/first/settings/members')
  await setDeveloper(first, 'Bea Second')
  await second.reload()
  await expect(second.getByText('You need the Developer permission.', { exact: false })).toBeVisible()
  await setDeveloper(first, 'Bea Second')
  await second.reload()
  await expect(second.getByText('No API keys yet')).toBeVisible()

  const made = await second.request.post('/api/dashboard/orgs/first/keys', {
    data: { name: 'first', environment: 'live', scopes: ['contacts:read'] },
    headers: { Origin: product.url },
  })
  const { key } = await made.json()
  const call = () => second.request.get('/api/v1/contacts', { headers: { Authorization: `Bearer ${key}` } })
  expect((await call()).status()).toBe(200)
  await setFlag(platform, 'Turn off')
  const refused = await call()
  expect(refused.status()).toBe(403)
  expect((await refused.json()).code).toBe('developer_api_disabled')
  await setFlag(platform, 'Turn on')
  expect((await call()).status()).toBe(200)
})
