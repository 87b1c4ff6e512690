import { expect, type Page } from '@playwright/test'

const HEIGHT = 800

const SIZES = [
  ...[320, 360, 768, 1024, 1100, 1279, 1280, 1440, 2560].map((width) => ({ width, height: HEIGHT })),
  // 1280 × 800 at a zoom of 200 %.
  { width: 640, height: 400 },
]

/** What the page at its present width keeps from its reader. */
const faultsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const CONTROLS = 'a, button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])'
    const { clientWidth, scrollWidth } = document.documentElement
    const faults: string[] = []
    if (scrollWidth > clientWidth) faults.push(`scrolls sideways by ${scrollWidth - clientWidth} px`)
    const all = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility())
    const words = (element: Element) =>
      `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}”`

    /** From where to where it can be seen, by scrolling within the page if need be; null: it is for screen readers only. */
    function span(element: Element): { left: number; right: number; isCut: boolean } | null {
      let { left, right, width, height } = element.getBoundingClientRect()
      let isCut = false
      for (let around: Element | null = element; around && around !== document.body; around = around.parentElement) {
        if (width <= 1 || height <= 1) return null
        if (around !== element && getComputedStyle(around).overflowX !== 'visible') {
          const edges = around.getBoundingClientRect()
          if (/hidden|clip/.test(getComputedStyle(around).overflowX))
            isCut ||= left < edges.left - 1 || right > edges.right + 1
          else ({ left, right } = edges)
        }
        if (around.parentElement) ({ width, height } = around.parentElement.getBoundingClientRect())
      }
      return { left, right, isCut }
    }

    for (const control of all.filter((element) => element.matches(CONTROLS))) {
      const seen = span(control)
      if (seen && (seen.isCut || seen.left < -1 || seen.right > clientWidth + 1)) {
        faults.push(`${words(control)} leaves the screen: ${Math.round(seen.left)} to ${Math.round(seen.right)}`)
      }
    }
    for (const element of all) {
      if (getComputedStyle(element).textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth) {
        faults.push(`${words(element)} is cut off`)
      }
    }
    for (const code of all.filter(({ localName }) => localName === 'pre')) {
      const under = code.getBoundingClientRect()
      for (const button of all.filter(({ localName }) => localName === 'button')) {
        const over = button.getBoundingClientRect()
        const isBeside = over.right <= under.left || over.left >= under.right
        const isApart = over.bottom <= under.top || over.top >= under.bottom
        const isSame = code.closest('div') === button.closest('div') || code.parentElement?.contains(button)
        if (isSame && !isBeside && !isApart) faults.push(`${words(button)} covers ${words(code)}`)
      }
    }
    return faults.slice(0, 5)
  })

/**
 * The page that is open, resized: at no width from 320 to 2560 px, nor at a zoom of 200 %, it scrolls sideways, a control
 * leaves the screen, a text is cut off, or a button lies on code.
 */
export async function checkWidths(page: Page, what: string) {
  const faults: string[] = []
  for (const size of SIZES) {
    await page.setViewportSize(size)
    faults.push(...(await faultsOf(page)).map((fault) => `${what}, ${size.width} px: ${fault}`))
  }
  expect(faults).toEqual([])
}
