import type { Page } from '@playwright/test'
import { environment } from '@/e2e/support/environment'
import { CREATE_PAGE, LIST_PAGE } from '@/e2e/support/example-pages'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

/** What the browser tells of a shift: its elements, and where each was and is. */
type Shift = PerformanceEntry & {
  value: number
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
}

/** From the next load on, notes by how much of the window anything moves, and what does. */
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(window, { shifts })
    const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`
    const isShift = (entry: PerformanceEntry): entry is Shift => 'sources' in entry
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries().filter(isShift)) {
        const moved = sources.map(({ node, previousRect, currentRect }) => {
          const what = node instanceof Element ? node.outerHTML.slice(0, 200) : node?.textContent
          return `${what}: ${place(previousRect)} → ${place(currentRect)}`
        })
        shifts.push([value, ...moved].join('\n'))
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })

const shiftsOf = (page: Page) => page.evaluate(() => ('shifts' in window ? window.shifts : null))

test('nothing moves after the first paint of the list and of a key', async ({ admin, workspace, request }) => {
  const { id, key } = await makeKey(admin, workspace.slug, { name: 'steady' })
  await request.get('/api/v1/me', { headers: { Authorization: `Bearer ${key}` } })
  await admin.goto(keysPath(workspace))
  const row = admin.getByRole('row', { name: 'steady' })
  await expect(row.getByRole('img')).toBeVisible()
  // Calls and last uses are written behind the replies, each in its own time: what is shown is now what stays.
  await expect(row.getByText('just now')).toBeVisible()
  await watchShifts(admin)
  for (const path of [keysPath(workspace), `${keysPath(workspace)}/${id}`]) {
    // The page has asked again for what it shows.
    const asked = admin.waitForResponse((response) => response.url().includes('/api/dashboard/'))
    await admin.goto(path)
    await asked
    await expect(admin.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await shiftsOf(admin), path).toEqual([])
  }
})

test('a row whose menu is yet to come has its columns where they stay', async ({ admin, workspace, browser }) => {
  await makeKey(admin, workspace.slug, { name: 'steady' })
  const url = environment.E2E_BASE_URL + keysPath(workspace)
  const html = await (await admin.request.get(url)).text()
  const whole = html.slice(0, html.indexOf('</tr>', html.indexOf('<tbody')))
  const storageState = await admin.context().storageState()
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState,
    viewport: { width: 1280, height: 800 },
  })
  const page = await context.newPage()
  const widthsOf = async (body: string) => {
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }))
    await page.goto(url)
    await page.evaluate(async () => void (await document.fonts.ready))
    return page.locator('thead th').evaluateAll((heads) => heads.map((head) => head.getBoundingClientRect().width))
  }
  const widths = await widthsOf(whole.slice(0, whole.lastIndexOf('<td')))
  expect(widths).toHaveLength(10)
  expect(widths).toEqual(await widthsOf(whole))
  await context.close()
})

test('nothing moves while the page of an operation gets its playground', async ({ page }) => {
  await watchShifts(page)
  for (const path of [CREATE_PAGE, LIST_PAGE]) {
    await page.goto(path)
    await expect(page.getByRole('button', { name: 'Generate test token', exact: true })).toBeEnabled()
    expect(await shiftsOf(page), path).toEqual([])
  }
})
