import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { checkWidths, ENDS, faultsOf } from '@/e2e/support/check-widths'
import { expect, test } from '@/e2e/support/fixtures'
import { unseenBy } from '@/e2e/support/pages'
import { fewestWithAll, partsOf } from '@/e2e/support/parts'
import { openStill } from '@/e2e/support/still-page'

/** All pages of the docs, which are asked for once. */

test.describe.configure({ mode: 'default' })

type DocsPage = {
  html: string
  /** Every address and anchor that it links to, as they are written. */
  links: string[]
  ids: Set<string>
}

function read(html: string): DocsPage {
  const body = html.slice(html.indexOf('<body'))
  const all = (pattern: RegExp) => [...body.matchAll(pattern)].map(([, value = '']) => value.replaceAll('&amp;', '&'))
  return { html, links: all(/<a [^>]*?href="([^"]*)"/g), ids: new Set(all(/ id="([^"]*)"/g)) }
}

/** Every page that links of the docs lead to. */
async function crawl(request: APIRequestContext) {
  const pages = new Map<string, DocsPage>()
  const waiting = ['/docs']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (pages.has(path)) continue
    const reply = await request.get(path)
    expect(reply.status(), path).toBe(200)
    const page = read(await reply.text())
    pages.set(path, page)
    waiting.push(...page.links.map((link) => link.split('#')[0] ?? '').filter((link) => link.startsWith('/docs')))
  }
  return pages
}

let pages = new Map<string, DocsPage>()

test.beforeAll(async ({ request }) => {
  test.slow()
  pages = await crawl(request)
})

test('every link in the docs leads to a page, and to an anchor on it', async ({ request }) => {
  const document = await (await request.get('/api/v1/openapi.json')).json()
  const operations = Object.values(document.paths).flatMap((path) => Object.values(Object(path)))
  for (const operation of operations) {
    const path = `/docs/reference/${String(Object(operation).operationId).replace('.', '/')}`
    expect([...pages.keys()]).toContain(path)
  }
  const broken = [...pages].flatMap(([from, { links }]) =>
    links.filter((link) => {
      const [path, anchor] = link.split('#')
      if (link.startsWith('/docs') || link.startsWith('#')) {
        return anchor !== undefined && !pages.get(path || from)?.ids.has(anchor)
      }
      return link !== '/' && link !== '/api/v1/openapi.json'
    }),
  )
  expect(broken).toEqual([])
})

/**
 * Looks at pages as the server sends them, at both ends.
 * @returns the parts that each has
 */
async function lookAtStill(browser: Browser, paths: readonly string[]) {
  const looks = await Promise.all(ENDS.map((size) => openStill(browser, paths[0] ?? '', size)))
  const parts = new Map<string, string[]>()
  for (const path of paths) {
    const html = pages.get(path)?.html ?? ''
    const faults = await Promise.all(
      looks.map(async ({ page, show }) => {
        await show(path, html)
        return faultsOf(page, 'main')
      }),
    )
    expect(faults.flat(), path).toEqual([])
    const [look] = looks
    if (look) parts.set(path, await partsOf(look.page))
  }
  for (const { close } of looks) await close()
  return parts
}

/** With scripts, at every width and in both themes. */
async function lookAt(page: Page, paths: string[]) {
  for (const path of paths) {
    await page.goto(path)
    await checkWidths(page, path)
    await check(page, path)
  }
}

const isOperation = (path: string) => /^\/docs\/reference\/\w+\//.test(path)

test('no guide of the docs loses anything at any width', async ({ browser, page }) => {
  test.slow()
  const guides = [...pages.keys()].filter((path) => !isOperation(path))
  expect(unseenBy('guides', guides)).toEqual([])
  const parts = await lookAtStill(browser, guides)
  await lookAt(page, [...fewestWithAll(parts), '/docs/nowhere'])
})

test('no operation of the docs loses anything at any width', async ({ browser, page }) => {
  test.slow()
  const operations = [...pages.keys()].filter(isOperation)
  expect(unseenBy('operations', operations)).toEqual([])
  expect(operations.length).toBeGreaterThan(50)
  const parts = await lookAtStill(browser, operations)
  const telling = fewestWithAll(parts)
  expect(telling.length).toBeGreaterThan(3)
  await lookAt(page, telling)
})
