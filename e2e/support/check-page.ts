import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

declare global {
  interface Window {
    axe: typeof axe
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

/** Marks that of which the colours are to be judged. */
const TELLING = 'data-telling'

/** Of what looks alike so many are judged: the colours of rows, or of words of code, are those of one of them. */
const ALIKE = 2

async function loadAxe(page: Page) {
  if (await page.evaluate(() => 'axe' in window)) return
  await page.evaluate(axe.source)
  await page.evaluate((rule) => window.axe.configure({ rules: [rule] }), { id: CONTRAST, selector: `[${TELLING}]` })
}

/** The rules that are broken in a look, each with where. */
async function violations(page: Page, colorScheme: 'dark' | 'light') {
  await loadAxe(page)
  const found = await page.evaluate(
    async ({ runOnly, exclude, mark, alike }) => {
      const kinds = new Map<string, number>()
      const kindOf = new Map<Element | null, number>()
      /** What its colours come from, and what exempts it from being judged; its kind has in it that of what it lies in. */
      function lookOf(element: Element): string {
        const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } = getComputedStyle(element)
        const drawn = [color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight]
        const isOff = element.matches(':disabled, [aria-disabled=true], label:has(:disabled)')
        const own = [element.localName, element.getAttribute('class'), isOff, ...drawn]
        const kind = [kindOf.get(element.parentElement), ...own].join()
        if (!kinds.has(kind)) kinds.set(kind, kinds.size)
        kindOf.set(element, kinds.get(kind) ?? 0)
        const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        const words = texts.map(({ nodeValue }) => nodeValue?.trim()).join('')
        // A letter alone is judged otherwise than words, and what may name something else by its own place.
        return [kind, Math.min(words.length, 2), element.matches(':placeholder-shown'), element.id].join()
      }
      const counts = new Map<string, number>()
      const telling = [...document.body.querySelectorAll('*')].filter((element) => {
        const look = lookOf(element)
        const count = counts.get(look) ?? 0
        if (element.checkVisibility()) counts.set(look, count + 1)
        return count < alike
      })
      for (const element of telling) element.setAttribute(mark, '')
      const context = { include: [document.documentElement], exclude }
      const { violations } = await window.axe.run(context, { runOnly, resultTypes: ['violations'], preload: false })
      for (const element of telling) element.removeAttribute(mark)
      return violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => String(target)) }))
    },
    // The other theme has other colours, and nothing else.
    { runOnly: colorScheme === 'dark' ? [CONTRAST] : WCAG, exclude: BESIDE, mark: TELLING, alike: ALIKE },
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
  for (const { colorScheme, viewport } of looks) {
    const where = `${what}: ${colorScheme}, ${viewport.width} px`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(viewport)
    // What stays at the top covers what happens to be scrolled below it.
    await page.evaluate(() => window.scrollTo(0, 0))
    // Colours are read as they are: nothing may be half faded in.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
    expect(await violations(page, colorScheme), where).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    expect(wide, `${where} scrolls sideways`).toBe(false)
  }
}
