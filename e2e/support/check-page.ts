import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const BESIDE = [
  // Base UI leads the focus around its popups by them: they are never what has the focus.
  '[data-base-ui-focus-guard]',
  // What is behind a dialog was checked before it opened.
  '[data-base-ui-inert]',
]

const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 740 }

/** Both themes, on a desk and on a phone; the last is the one that tests go on in. */
const LOOKS = [
  { colorScheme: 'dark', viewport: WIDE },
  { colorScheme: 'dark', viewport: NARROW },
  { colorScheme: 'light', viewport: NARROW },
  { colorScheme: 'light', viewport: WIDE },
] as const

/** The rules that are broken, each with where. */
async function violations(page: Page, rules: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const found = await page.evaluate(
    ({ exclude, runOnly }) => window.axe.run({ exclude }, { runOnly, resultTypes: ['violations'], preload: false }),
    { exclude: BESIDE, runOnly: rules },
  )
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** In every look no rule of WCAG 2.2 AA is broken by what is in sight, and nothing scrolls sideways. */
export async function check(page: Page, what: string) {
  for (const { colorScheme, viewport } of LOOKS) {
    const where = `${what}: ${colorScheme}, ${viewport.width} px`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(viewport)
    // What stays at the top covers what happens to be scrolled below it.
    await page.evaluate(() => window.scrollTo(0, 0))
    // Colours are read as they are: nothing may be half faded in.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
    // The other theme has other colours, and nothing else.
    const rules = colorScheme === 'dark' ? ['color-contrast'] : WCAG
    expect(await violations(page, rules), where).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    expect(wide, `${where} scrolls sideways`).toBe(false)
  }
}
