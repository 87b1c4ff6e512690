import type { Page } from '@playwright/test'

/** Times slower than this machine. */
const RATE = 20

/** Makes the page's processor slow from now on: what comes a moment too late here comes much too late there. */
export async function slowDown(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: RATE })
}
