import type { Browser } from '@playwright/test'
import { environment } from './environment'

/**
 * A page of one size in which no script of ours runs: it shows what the server sends for one path after another, with
 * the styles of the first, so that each takes a moment. For many pages of one template.
 */
export async function openStill(browser: Browser, first: string, viewport: { width: number; height: number }) {
  const context = await browser.newContext({
    baseURL: environment.E2E_BASE_URL,
    javaScriptEnabled: false,
    reducedMotion: 'reduce',
    viewport,
  })
  const page = await context.newPage()
  await page.goto(first)
  const show = async (path: string) => {
    const reply = await page.request.get(path)
    if (!reply.ok()) throw new Error(`The server answered ${reply.status()} to ${path}.`)
    const late = await page.evaluate(
      (html) => {
        document.body.innerHTML = new DOMParser().parseFromString(html, 'text/html').body.innerHTML
        return document.querySelector('[hidden][id^="S:"]') !== null
      },
      await reply.text(),
    )
    if (late) throw new Error(`A part of ${path} comes after the page: only a script puts it in its place.`)
  }
  return { page, show, close: () => context.close() }
}
