import type { Browser } from '@playwright/test'
import { environment } from './environment'

type Size = { width: number; height: number }

/**
 * A page of one size in which no script of ours runs: it shows one document of the server after another, with the styles
 * of the first, so that each takes a moment. For many pages of one template.
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
    const isWhole = await page.evaluate((html) => {
      document.body.replaceWith(new DOMParser().parseFromString(html, 'text/html').body)
      return document.querySelector('h1')?.checkVisibility() && !document.querySelector('[hidden][id^="S:"]')
    }, html)
    if (!isWhole) throw new Error(`Only a script makes ${path} whole: a part of it comes later, or it has no heading.`)
  }
  return { page, show, close: () => context.close() }
}
