import type { Browser } from '@playwright/test'
import { environment } from './environment'

type Size = { width: number; height: number }

const mainOf = (html: string) => /<main[\s>].*<\/main>/s.exec(html)?.[0] ?? ''

/**
 * A page of one size in which no script of ours runs: it shows what one document after another of the server is about, in the
 * frame and with the styles of the first, so that each takes a moment. For many pages of one template.
 */
export async function openStill(browser: Browser, first: string, viewport: Size) {
  const context = await browser.newContext({
    baseURL: environment.E2E_BASE_URL,
    javaScriptEnabled: false,
    reducedMotion: 'reduce',
    viewport,
  })
  const page = await context.newPage()
  await page.goto(first)
  const show = async (path: string, html: string) => {
    const hasHeading = await page.evaluate((text) => {
      const main = new DOMParser().parseFromString(text, 'text/html').querySelector('main')
      if (main) document.querySelector('main')?.replaceWith(main)
      return main?.querySelector('h1')?.checkVisibility()
    }, mainOf(html))
    // What React sends later lies behind the page, until a script puts it in its place.
    const isWhole = hasHeading && !/<div hidden(="")? id="S:/.test(html)
    if (!isWhole) throw new Error(`Only a script makes ${path} whole: a part of it comes later, or it has no heading.`)
  }
  return { page, show, close: () => context.close() }
}
