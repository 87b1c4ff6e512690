import type { Page, Response } from '@playwright/test'
import { dialogOf } from '@/e2e/support/dialogs'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

/** What the page fetches when it is asked for. */

const CHUNKS = '**/_next/static/chunks/**'

/** From now on the page gets no more code. */
const cutOff = (page: Page) => page.route(CHUNKS, (route) => route.abort())

const missing = (page: Page) =>
  page.getByText('A part of the page did not load. Check your connection, then reload the page.')

test('a dialog whose code does not come leaves the page as it is, and says so; after a reload it opens', async ({
  admin,
  workspace,
  faults,
}) => {
  await makeKey(admin, workspace.slug, { name: 'still here' })
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('link', { name: 'still here' })).toBeVisible()
  // What says it has come by itself.
  await expect(admin.getByRole('region', { name: 'Notifications' })).toBeAttached()
  await cutOff(admin)
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  await expect(missing(admin)).toBeVisible()
  await expect(admin.getByRole('link', { name: 'still here' })).toBeVisible()
  await admin.unroute(CHUNKS)
  await admin.reload()
  await expect(dialogOf(admin).getByRole('textbox', { name: 'Name' })).toBeVisible()
  faults.length = 0
})

test('the list loads no code of what is closed; pointing at a menu’s button brings the menu’s', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace), { waitUntil: 'networkidle' })
  const fetched: string[] = []
  admin.on('request', (request) => fetched.push(request.url()))
  const chunks = () => fetched.filter((url) => url.includes('/_next/static/chunks/'))
  await admin.getByRole('button', { name: 'Actions for mine' }).hover()
  await expect.poll(() => chunks().length).toBeGreaterThan(0)
  await expect(admin.getByRole('menu')).toHaveCount(0)
})

test('the list asks for none of the pages that it links to', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  const pages: string[] = []
  admin.on('request', (request) => {
    if (new URL(request.url()).searchParams.has('_rsc')) pages.push(request.url())
  })
  await admin.goto(keysPath(workspace), { waitUntil: 'networkidle' })
  expect(pages).toEqual([])
  await admin.getByRole('link', { name: 'mine' }).click()
  await expect(admin.getByRole('heading', { name: 'mine', level: 1 })).toBeVisible()
  expect(pages).toHaveLength(1)
})

test('the list does not load zod, which what is closed checks bodies with', async ({ admin, workspace }) => {
  const scripts: Response[] = []
  admin.on('response', (response) => {
    if (response.url().includes('/_next/static/chunks/') && response.url().endsWith('.js')) scripts.push(response)
  })
  await admin.goto(keysPath(workspace), { waitUntil: 'networkidle' })
  const withZod = await Promise.all(
    scripts.map(async (script) => ((await script.text()).includes('ZodString') ? [script.url()] : [])),
  )
  expect(scripts.length).toBeGreaterThan(0)
  expect(withZod.flat()).toEqual([])
})

test('a menu’s button opens and closes it; a press elsewhere closes it and gives the focus back', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace))
  const button = admin.getByRole('button', { name: 'Actions for mine' })
  const menu = admin.getByRole('menu', { name: 'Actions for mine' })
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await button.click()
  await expect(menu).toBeVisible()
  await expect(button).toHaveAttribute('aria-expanded', 'true')
  await button.click()
  await expect(menu).toHaveCount(0)
  await expect(button).toBeFocused()
  await button.press('ArrowUp')
  await expect(admin.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await admin.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await expect(button).toBeFocused()
  await button.click()
  await expect(menu).toBeVisible()
  await admin.getByRole('heading', { name: 'API Keys' }).click()
  await expect(menu).toHaveCount(0)
})

test('a tooltip comes by pointer and by focus, stays while it is pointed at, and goes by Esc', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace))
  const status = admin.getByRole('row', { name: 'mine' }).getByText('Active')
  const meaning = admin.getByText('Accepted.', { exact: true })
  await status.hover()
  await expect(meaning).toBeVisible()
  await meaning.hover()
  await expect(meaning).toBeVisible()
  await admin.keyboard.press('Escape')
  await expect(meaning).toHaveCount(0)
  await status.hover()
  await expect(meaning).toBeVisible()
  await admin.getByRole('heading', { name: 'API Keys' }).hover()
  await expect(meaning).toHaveCount(0)
})
