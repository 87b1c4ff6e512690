import type { BrowserContext, Page, Response } from '@playwright/test'
import { environment } from './environment'

/** A reply of 4xx is an everyday thing that Chromium logs as an error; anything else in the console is a fault. */
const EVERYDAY = /^Failed to load resource/

/** Notes what no test may see: console errors, exceptions, requests to other hosts. */
function watch(context: BrowserContext, faults: string[], address: string) {
  const ours = new URL(address).host
  context.on('console', (message) => {
    const loud = message.type() === 'error' || message.type() === 'warning'
    if (loud && !EVERYDAY.test(message.text())) faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`thrown: ${error.error().message}`))
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && host !== ours) faults.push(`request to another host: ${request.url()}`)
  })
}

/** What the server could not answer has no page behind it that would ever mark itself: the test ends here, and says why. */
function requireServed(reply: Response) {
  if (reply.status() >= 500) throw new Error(`The server answered ${reply.status()} to ${reply.url()}.`)
}

/**
 * Before a page is hydrated, what a test enters is overwritten and what it presses does nothing; then it marks itself.
 * Each page of the context is made to wait for its mark: each load by the test, so that the keyboard is safe, and each
 * action and assertion, also on a page that a press has led to.
 */
function awaitHydration(context: BrowserContext) {
  context.on('page', (page) => {
    // What comes next to the page is sent after this.
    page.addLocatorHandler(page.locator('html:not([data-hydrated])'), async () => {}).catch(() => {})
    const thenWait =
      <Arguments extends unknown[]>(load: (...args: Arguments) => Promise<Response | null>) =>
      async (...args: Arguments) => {
        const reply = await load.apply(page, args)
        if (reply) requireServed(reply)
        await page.locator('html[data-hydrated]').waitFor({ state: 'attached' })
        return reply
      }
    page.goto = thenWait(page.goto)
    page.reload = thenWait(page.reload)
    page.goBack = thenWait(page.goBack)
    page.goForward = thenWait(page.goForward)
  })
}

/** Makes the processor seem so many times slower to each page of the context. */
function slowDown(context: BrowserContext, rate: number) {
  const slow = async (page: Page) => {
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate })
  }
  // A page that is closed at once is slow enough.
  context.on('page', (page) => void slow(page).catch(() => {}))
}

type Options = {
  /** Where the product is. */
  address?: string
  hasScripts?: boolean
}

/** Makes a context one of the tests': watched, with pages that are used only once they are hydrated. */
export function prepare(
  context: BrowserContext,
  faults: string[],
  { address = environment.E2E_BASE_URL, hasScripts = true }: Options = {},
) {
  watch(context, faults, address)
  if (hasScripts) awaitHydration(context)
  if (environment.E2E_CPU_SLOWDOWN > 1) slowDown(context, environment.E2E_CPU_SLOWDOWN)
}
