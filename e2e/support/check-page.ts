import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

declare global {
  interface Window {
    axe: typeof axe
    /** What has been in sight in the theme that is being looked at. */
    inSight: WeakSet<Element>
  }
}

const CONTRAST = 'color-contrast'
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

/** The rules that are broken in a look, each with where. */
async function violations(page: Page, { colorScheme }: (typeof LOOKS)[number], isFirstOfTheme: boolean) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const found = await page.evaluate(
    async ({ wcag, contrast, exclude, isDark, isFirstOfTheme }) => {
      if (isFirstOfTheme) window.inSight = new WeakSet()
      const appeared = [...document.body.querySelectorAll('*')].filter(
        (element) => element.checkVisibility() && !window.inSight.has(element),
      )
      for (const element of appeared) window.inSight.add(element)
      const run = async (include: Element[], runOnly: string[], rules = {}) =>
        (await window.axe.run({ include, exclude }, { runOnly, rules, resultTypes: ['violations'], preload: false }))
          .violations
      // The other theme has other colours, and nothing else; the other width has other colours only where it shows more.
      const layout = isDark ? [] : await run([document.documentElement], wcag, { [contrast]: { enabled: false } })
      const colours = appeared.length === 0 ? [] : await run(appeared, [contrast])
      return [...layout, ...colours].map(({ id, nodes }) => ({
        id,
        targets: nodes.map(({ target }) => String(target)),
      }))
    },
    { wcag: WCAG, contrast: CONTRAST, exclude: BESIDE, isDark: colorScheme === 'dark', isFirstOfTheme },
  )
  return found.map(({ id, targets }) => `${id}: ${targets.join(', ')}`)
}

type Options = {
  /** In the last look alone: for a page whose parts were checked in all of them, on others. */
  briefly?: boolean
}

/** In every look no rule of WCAG 2.2 AA is broken by what is in sight, and nothing scrolls sideways. */
export async function check(page: Page, what: string, { briefly = false }: Options = {}) {
  const looks = briefly ? LOOKS.slice(-1) : LOOKS
  for (const [index, look] of looks.entries()) {
    const { colorScheme, viewport } = look
    const where = `${what}: ${colorScheme}, ${viewport.width} px`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(viewport)
    // What stays at the top covers what happens to be scrolled below it.
    await page.evaluate(() => window.scrollTo(0, 0))
    // Colours are read as they are: nothing may be half faded in.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
    expect(await violations(page, look, looks[index - 1]?.colorScheme !== colorScheme), where).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    expect(wide, `${where} scrolls sideways`).toBe(false)
  }
}
