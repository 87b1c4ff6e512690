import type { Page } from '@playwright/test'

/** The kinds of elements in the page, each with the kind that it lies in: by tag, classes, role and type. */
const partsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const kind = (element: Element) =>
      ['class', 'role', 'type'].reduce((all, name) => `${all} ${element.getAttribute(name) ?? ''}`, element.localName)
    const all = [...document.body.querySelectorAll('*')]
    return [...new Set(all.map((one) => `${one.parentElement ? kind(one.parentElement) : ''} > ${kind(one)}`))]
  })

/** Tells of one page after another whether it has a part that none before it had. */
export function newParts(): (page: Page) => Promise<boolean> {
  const known = new Set<string>()
  return async (page) => {
    const before = known.size
    for (const part of await partsOf(page)) known.add(part)
    return known.size > before
  }
}
