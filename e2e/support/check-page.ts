import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { environment } from './environment'

declare global {
  interface Window {
    axe: typeof axe
    /** What is in sight, by its look: a few of those that look alike. */
    looks: Map<string, Element[]>
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

type Theme = 'dark' | 'light'

/**
 * Looks whose colours were judged on a page of this process: they are the same on all others. What axe could not judge, since
 * something covers it, is not among them. `npm run test:full` judges every page anew.
 */
const JUDGED: Record<Theme, Set<string>> = { dark: new Set(), light: new Set() }

const isKnown = (look: string, theme: Theme) => !environment.E2E_EVERY_WIDTH && JUDGED[theme].has(look)

async function loadAxe(page: Page) {
  if (await page.evaluate(() => 'axe' in window)) return
  await page.evaluate(axe.source)
  await page.evaluate((rule) => window.axe.configure({ rules: [rule] }), { id: CONTRAST, selector: `[${TELLING}]` })
}

/** Finds what is in sight by its look, and keeps it in the page. @returns the looks */
const findLooks = (page: Page): Promise<string[]> =>
  page.evaluate(
    ({ beside, alike }) => {
      const kinds = new Map<Element | null, string>()
      window.looks = new Map()
      const digests = new Map<string, string>()
      /** Short, and the same on every page: FNV-1a, from two beginnings. */
      function digest(text: string): string {
        const known = digests.get(text)
        if (known !== undefined) return known
        const sums = [0x811c9dc5, 0x050c5d1f].map((sum) => {
          for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
          return sum
        })
        digests.set(text, sums.join('.'))
        return sums.join('.')
      }
      /** What its colours come from, and what exempts it from being judged; its kind has in it that of what it lies in. */
      function lookOf(element: Element): string {
        const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } = getComputedStyle(element)
        const drawn = [color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight]
        const isOff = element.matches(':disabled, [aria-disabled=true], label:has(:disabled)')
        const own = [element.localName, element.getAttribute('class'), isOff, ...drawn]
        const kind = digest([kinds.get(element.parentElement), ...own].join())
        kinds.set(element, kind)
        const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        const words = texts.map(({ nodeValue }) => nodeValue?.trim()).join('')
        // A letter alone is judged otherwise than words, and what may name something else by its own place.
        return [kind, Math.min(words.length, 2), element.matches(':placeholder-shown'), element.id].join()
      }
      for (const element of document.body.querySelectorAll('*')) {
        const look = lookOf(element)
        if (!element.checkVisibility() || element.closest(beside)) continue
        const others = window.looks.get(look) ?? []
        if (others.length < alike) window.looks.set(look, [...others, element])
      }
      return [...window.looks.keys()]
    },
    { beside: BESIDE.join(), alike: ALIKE },
  )

/** The rules that are broken in a theme, each with where. */
async function violations(page: Page, theme: Theme) {
  const fresh = (await findLooks(page)).filter((look) => !isKnown(look, theme))
  // The other theme has other colours, and nothing else.
  if (theme === 'dark' && fresh.length === 0) return []
  await loadAxe(page)
  const { found, judged } = await page.evaluate(
    async ({ runOnly, exclude, mark, fresh, contrast }) => {
      const telling = fresh.flatMap((look) => window.looks.get(look) ?? [])
      for (const element of telling) element.setAttribute(mark, '')
      const context = { include: [document.documentElement], exclude }
      const resultTypes: axe.resultGroups[] = ['violations', 'incomplete']
      const run = { runOnly, resultTypes, elementRef: true, preload: false }
      const { violations, incomplete } = await window.axe.run(context, run)
      for (const element of telling) element.removeAttribute(mark)
      const unsure = incomplete.find(({ id }) => id === contrast)?.nodes ?? []
      const covered = new Set<Element | undefined>(unsure.map(({ element }) => element))
      return {
        found: violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => String(target)) })),
        judged: fresh.filter((look) => !window.looks.get(look)?.some((element) => covered.has(element))),
      }
    },
    {
      runOnly: theme === 'dark' ? [CONTRAST] : WCAG,
      exclude: BESIDE,
      mark: TELLING,
      fresh,
      contrast: CONTRAST,
    },
  )
  for (const look of judged) JUDGED[theme].add(look)
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
