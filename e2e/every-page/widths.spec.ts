import type { Browser, Page } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { checkWidths, ENDS, faultsOf } from '@/e2e/support/check-widths'
import { crawl, linksOf } from '@/e2e/support/crawl'
import { CREATE_PAGE } from '@/e2e/support/example-pages'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { unseenBy } from '@/e2e/support/pages'
import { newParts } from '@/e2e/support/parts'
import { signIn } from '@/e2e/support/session'
import { openStill } from '@/e2e/support/still-page'
import { makeFailingWebhook } from '@/e2e/support/webhooks'
import { makeAccount, query } from '@/e2e/support/workspace'

const LONG = 'W'.repeat(80)

/** Looks at every page that can be reached: at every width, and in both themes where it has parts that none before it had. */
async function walk(page: Page, starts: readonly string[], belongs: (path: string) => boolean): Promise<string[]> {
  const paths: string[] = []
  const hasNewParts = newParts()
  for await (const path of crawl(page, starts, belongs)) {
    paths.push(path)
    await checkWidths(page, path)
    await check(page, path, { briefly: !(await hasNewParts(page)) })
  }
  return paths
}

test('no page of an organisation loses anything at any width, whatever its names', async ({ admin, workspace }) => {
  test.slow()
  const { send } = dashboard(admin, workspace.slug)
  const { people, id, slug } = workspace
  await query('UPDATE organizations SET name = $2 WHERE id = $1', [id, `Umbrella ${LONG}`])
  await query('UPDATE users SET name = $2 WHERE id = ANY($1)', [[people.admin.id, people.member.id], `Ann ${LONG}`])
  const allowed_ips = Array.from({ length: 3 }, (_, index) => `2001:db8:aaaa:bbbb:cccc:dddd:eeee:${index}`)
  const { id: rotated } = await makeKey(admin, slug, { name: `rotated ${LONG}`, description: LONG, allowed_ips })
  await makeKey(admin, slug, { name: 'short', scopes: ['read:all', 'write:all'], expires_in_hours: 1 })
  await send('POST', `/keys/${rotated}/rotate`, { grace_hours: 24 })
  expect((await send('POST', '/keys/playground', { resource: 'contacts' })).status()).toBe(201)
  const invitation = { email: `${'w'.repeat(60)}@example.com`, role: 'member', developer: false }
  expect((await send('POST', '/invitations', invitation)).status()).toBe(201)
  await query(
    `INSERT INTO key_usage (key_id, hour, scope, outcome, calls)
     SELECT $1, date_trunc('hour', now()) - make_interval(hours => h), 'contacts:read', 'succeeded', 1234567 FROM generate_series(0, 150) h`,
    [rotated],
  )

  await makeFailingWebhook(admin, workspace, LONG)

  const within = (path: string) => path.startsWith(`/orgs/${slug}/`)
  const edits = ['details', 'limits', 'permissions'].map((part) => `${keysPath(workspace)}/${rotated}?edit=${part}`)
  const paths = await walk(
    admin,
    [keysPath(workspace), '/account', `${keysPath(workspace)}?create=1`, ...edits],
    within,
  )
  expect(unseenBy('organization', paths)).toEqual([])
  expect(paths.filter((path) => path.startsWith(`${keysPath(workspace)}/`)).length).toBeGreaterThan(edits.length + 3)
})

test('no page of the platform console loses anything at any width, whatever its names', async ({ page, workspace }) => {
  test.slow()
  const account = await makeAccount(`Pat ${LONG}`, { platform_admin: true })
  await query('UPDATE organizations SET name = $2 WHERE id = $1', [workspace.id, `Umbrella ${LONG}`])
  await signIn(page.context(), account)
  const own = `/platform/organizations/${workspace.slug}`
  const within = (path: string) => path.startsWith('/platform') && (!path.includes('/organizations/') || path === own)
  const paths = await walk(page, [`/platform?q=${workspace.slug}`], within)
  expect(unseenBy('console', paths)).toEqual([])
})

test('no page before the sign-in loses anything at any width', async ({ page }) => {
  test.slow()
  const within = (path: string) => !/^\/(docs|$)/.test(path)
  const paths = await walk(page, ['/sign-in', '/reset-password', '/nowhere'], within)
  expect(unseenBy('before the sign-in', paths)).toEqual([])
})

const OPERATION = /^\/docs\/reference\/\w+\//

/**
 * Looks at every page that can be reached, without scripts and at both ends.
 * @returns all of them, and those with parts that none before them had
 */
async function walkStill(browser: Browser, first: string, belongs: (path: string) => boolean) {
  const pages = await Promise.all(ENDS.map((size) => openStill(browser, first, size)))
  const hasNewParts = newParts()
  const ofNewKind = new Set<string>()
  const paths = new Set([first])
  for (const path of paths) {
    for (const [index, { page, show }] of pages.entries()) {
      await show(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await faultsOf(page), `${path}, ${ENDS[index]?.width} px`).toEqual([])
      if (await hasNewParts(page)) ofNewKind.add(path)
      for (const link of await linksOf(page)) if (belongs(link)) paths.add(link)
    }
  }
  for (const { close } of pages) await close()
  return { paths: [...paths], ofNewKind: [...ofNewKind] }
}

/** With scripts, at every width and in both themes. */
async function lookAt(page: Page, paths: string[]) {
  for (const path of paths) {
    await page.goto(path)
    await checkWidths(page, path)
    await check(page, path)
  }
}

test('no guide of the docs loses anything at any width', async ({ browser, page }) => {
  test.slow()
  const within = (path: string) => path.startsWith('/docs') && !OPERATION.test(path)
  const { paths, ofNewKind } = await walkStill(browser, '/docs', within)
  expect(unseenBy('guides', paths)).toEqual([])
  await lookAt(page, [...ofNewKind, '/docs/nowhere'])
})

test('no operation of the docs loses anything at any width', async ({ browser, page }) => {
  test.slow()
  const { paths, ofNewKind } = await walkStill(browser, CREATE_PAGE, (path) => OPERATION.test(path))
  expect(unseenBy('operations', paths)).toEqual([])
  expect(paths.length).toBeGreaterThan(50)
  expect(ofNewKind.length).toBeGreaterThan(3)
  await lookAt(page, ofNewKind)
})
