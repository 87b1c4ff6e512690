import type { Page } from '@playwright/test'

/**
 * Holds back what the page requests from `url`, so that a test decides when the answer comes.
 * @returns lets go of what is held, and of all that follows
 */
export async function hold(page: Page, url: string): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(url, async (route) => {
    await released
    await route.continue()
  })
  return release
}
