import { expect, type Page } from '@playwright/test'
import { environment } from './environment'

const HEIGHT = 800

/** Where the layout of pages changes: what does not fit at some width between two of these does not fit at the narrower. */
const EDGES = [320, 768, 1024, 1248, 1280]

/** Where that of a part changes, by the room that its page leaves it, and the widths that people have. */
const OTHERS = [360, 608, 864, 960, 1100, 1279, 1440, 2560]

const { E2E_EVERY_WIDTH } = environment

const SIZES = [
  ...[...EDGES, ...(E2E_EVERY_WIDTH ? OTHERS : [])].map((width) => ({ width, height: HEIGHT })),
  // 1280 × 800 at a zoom of 200 %.
  { width: 640, height: 400 },
]

/** For many pages of one template: the narrowest, and one at which everything stands side by side. */
export const ENDS = SIZES.filter(({ width }) => E2E_EVERY_WIDTH || width === 320 || width === 1280)

/** What the page at its present width keeps from its reader, or what lies in one element of it. */
export const faultsOf = (page: Page, within: 'body' | 'main' = 'body'): Promise<string[]> =>
  page.evaluate((within) => {
    const CONTROLS = 'a, button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])'
    const { clientWidth, scrollWidth } = document.documentElement
    const faults: string[] = []
    if (scrollWidth > clientWidth) faults.push(`scrolls sideways by ${scrollWidth - clientWidth} px`)
    const all = [...document.querySelectorAll(`${within} *`)].filter((element) => element.checkVisibility())
    const words = (element: Element) =>
      `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}”`

    /** Whether all of a control can be brought in sight; what is as good as without width is for screen readers only. */
    function isInReach(control: Element): boolean {
      let { left, right, width } = control.getBoundingClientRect()
      for (let around = control.parentElement; around && around !== document.body; around = around.parentElement) {
        const edges = around.getBoundingClientRect()
        width = Math.min(width, edges.width)
        if (width <= 1) return true
        const { overflowX } = getComputedStyle(around)
        if (/auto|scroll/.test(overflowX)) ({ left, right } = edges)
        else if (overflowX !== 'visible' && (left < edges.left - 1 || right > edges.right + 1)) return false
      }
      return left >= -1 && right <= clientWidth + 1
    }

    for (const control of all.filter((element) => element.matches(CONTROLS))) {
      if (!isInReach(control)) faults.push(`${words(control)} is out of reach`)
    }
    for (const element of all) {
      if (getComputedStyle(element).textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth) {
        faults.push(`${words(element)} is cut off`)
      }
    }
    const buttons = all.filter(({ localName }) => localName === 'button')
    for (const code of all.filter(({ localName }) => localName === 'pre')) {
      const under = code.getBoundingClientRect()
      for (const button of buttons.filter((one) => code.parentElement?.contains(one))) {
        const over = button.getBoundingClientRect()
        const isBeside = over.right <= under.left || over.left >= under.right
        const isApart = over.bottom <= under.top || over.top >= under.bottom
        if (!isBeside && !isApart) faults.push(`${words(button)} covers ${words(code)}`)
      }
    }
    return faults.slice(0, 5)
  }, within)

/**
 * The page that is open, resized: at no width from 320 to 2560 px, nor at a zoom of 200 %, it scrolls sideways, a control
 * leaves the screen, a text is cut off, or a button lies on code. `npm test` looks where the layout changes, `npm run
 * test:full` also in between.
 */
export async function checkWidths(page: Page, what: string) {
  const faults: string[] = []
  for (const size of SIZES) {
    await page.setViewportSize(size)
    faults.push(...(await faultsOf(page)).map((fault) => `${what}, ${size.width} px: ${fault}`))
  }
  expect(faults).toEqual([])
}
