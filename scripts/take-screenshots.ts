import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findBrowser } from './find-browser'
import { interrupted, type RunningProduct, withProduct } from './product'

/** `npm run screenshots`: takes the pictures of `docs/screenshots/` from the running product and its demo data. */

const FOLDER = 'docs/screenshots'
const LIST = '/orgs/acme/settings/api-keys'

type Picture = {
  name: string
  colorScheme: 'light' | 'dark'
  width?: number
  path: string
  /** Brings what is to be seen in sight. */
  prepare: (page: Page) => Promise<void>
}

const PICTURES: Picture[] = [
  {
    name: 'api-keys-light',
    colorScheme: 'light',
    path: LIST,
    prepare: (page) => page.getByRole('link', { name: 'crm-sync' }).waitFor(),
  },
  {
    name: 'create-key-light',
    colorScheme: 'light',
    path: `${LIST}?create=1&scopes=contacts:read,contacts:write`,
    prepare: (page) => page.getByRole('textbox', { name: 'Name' }).fill('Zapier'),
  },
  {
    name: 'reveal-key-dark',
    colorScheme: 'dark',
    path: `${LIST}?create=1&preset=read-only`,
    prepare: async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Warehouse export')
      await page.getByRole('radio', { name: '90 days' }).click()
      await page.getByRole('button', { name: 'Create key' }).click()
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.getByText('knows it as').waitFor()
    },
  },
  {
    name: 'one-key-dark',
    colorScheme: 'dark',
    path: `${LIST}?q=webshop&status=retiring`,
    prepare: async (page) => {
      await page.getByRole('link', { name: 'webshop' }).click()
      await page.getByRole('region', { name: 'Rotation' }).getByRole('img').nth(1).waitFor()
    },
  },
  {
    name: 'permissions-light',
    colorScheme: 'light',
    path: `${LIST}?q=crm-sync`,
    prepare: async (page) => {
      await page.getByRole('link', { name: 'crm-sync' }).click()
      await page.getByRole('tab', { name: 'Permissions' }).click()
      await page.getByText('Refused for lack of a permission').waitFor()
    },
  },
  {
    name: 'api-keys-narrow-dark',
    colorScheme: 'dark',
    width: 360,
    path: LIST,
    prepare: (page) => page.getByRole('link', { name: 'crm-sync' }).waitFor(),
  },
]

async function take(browser: Browser, { url, password }: RunningProduct, picture: Picture) {
  const { name, colorScheme, width = 1280, path, prepare } = picture
  const context = await browser.newContext({ baseURL: url, colorScheme, viewport: { width, height: 800 } })
  const page = await context.newPage()
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
  await page.getByRole('textbox', { name: 'Email' }).fill('admin@acme.test')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**${LIST}**`)
  await prepare(page)
  // Nothing is half faded in.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  await page.screenshot({ path: join(FOLDER, `${name}.png`), caret: 'hide' })
  await context.close()
}

const browser = await chromium.launch({
  executablePath: findBrowser(),
  // Chromium's sandbox does not run as root.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  await withProduct(interrupted(), async (product) => {
    for (const picture of PICTURES) await take(browser, product, picture)
  })
} finally {
  await browser.close()
}
