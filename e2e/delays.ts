import type { Page } from '@playwright/test'

/** Times slower than this machine. */
const RATE = 20

/** Makes the page's processor slow from now on: what comes a moment too late here comes much too late there. */
export async function slowDown(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: RATE })
}

/** Holds what the page sends to such an address. @returns what lets it go on */
export async function hold(page: Page, address: string): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  await page.route(address, async (route) => {
    await held
    await route.continue()
  })
  return release
}
