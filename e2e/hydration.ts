import { test as base, type Page, selectors } from '@playwright/test'

/**
 * Before React has hydrated a page, what a test enters is overwritten and what it presses does nothing. Here every page
 * of every context is made to wait: each action and assertion for the page that is there when it is tried (also one that
 * a press has led to), and each load by the test, so that the keyboard is safe too.
 */

/** Selects the page as long as it is not hydrated. It runs in the page: what it uses must stand within it. */
const unhydrated = () => {
  type Fiber = { child: Fiber | null; sibling: Fiber | null; memoizedState: State }
  type State = { dehydrated?: unknown; isDehydrated?: boolean } | null
  type Root = { stateNode: { current: Fiber } }
  let settled = false

  /** A boundary of Suspense or Activity is hydrated after what is around it. */
  const hasDehydrated = (first: Fiber | null): boolean => {
    for (let fiber = first; fiber; fiber = fiber.sibling) {
      if (fiber.memoizedState?.dehydrated || hasDehydrated(fiber.child)) return true
    }
    return false
  }
  const isHydrated = () => {
    const [, root] = Object.entries(document).find(([name]) => name.startsWith('__reactContainer$')) ?? []
    const current = (root as Root | undefined)?.stateNode.current
    return current !== undefined && !current.memoizedState?.isDehydrated && !hasDehydrated(current.child)
  }
  const isReady = () => {
    if (settled) return true
    if (document.readyState === 'loading') return false
    // Not a page of Next, or one without JavaScript: it is what it will be.
    if (!('__next_f' in window)) return true
    // Effects run after what they belong to is in place; the browser is idle only when they have, or has no idle moment.
    if (isHydrated()) {
      requestIdleCallback(
        () => {
          settled = true
        },
        { timeout: 2_000 },
      )
    }
    return false
  }
  // Between two pages there is nothing yet.
  const page = () => (isReady() ? null : document.querySelector(':root'))
  return {
    query: page,
    queryAll: () => [page()].filter((element) => element !== null),
  }
}

function awaitHydration(page: Page) {
  const waiting = page.locator('unhydrated=page')
  // What comes next to the page is sent after this.
  page.addLocatorHandler(waiting, async () => {}).catch(() => {})
  const thenWait =
    <Arguments extends unknown[], Reply>(load: (...args: Arguments) => Promise<Reply>) =>
    async (...args: Arguments) => {
      const reply = await load.apply(page, args)
      await waiting.waitFor({ state: 'hidden' })
      return reply
    }
  page.goto = thenWait(page.goto)
  page.reload = thenWait(page.reload)
  page.goBack = thenWait(page.goBack)
  page.goForward = thenWait(page.goForward)
}

/** Playwright's, with pages that are used only once they are hydrated. */
export const test = base.extend<object, { hydration: undefined }>({
  hydration: [
    async ({ browser }, use) => {
      await selectors.register('unhydrated', unhydrated, { contentScript: false })
      browser.on('context', (context) => context.on('page', awaitHydration))
      await use(undefined)
    },
    { scope: 'worker', auto: true },
  ],
})
