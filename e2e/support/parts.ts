import type { Page } from '@playwright/test'

/** The kinds of elements in the page, each with the kind that it lies in: by tag, classes, role and type. */
export const partsOf = (page: Page): Promise<string[]> =>
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

/** Of pages with their parts, as few as have them all. */
export function fewestWithAll(partsOfPages: ReadonlyMap<string, readonly string[]>): string[] {
  const missing = new Set([...partsOfPages.values()].flat())
  const chosen: string[] = []
  const countMissing = ([, parts]: [string, readonly string[]]) => parts.filter((part) => missing.has(part)).length
  while (missing.size > 0) {
    const [path, parts] = [...partsOfPages].reduce((one, other) =>
      countMissing(other) > countMissing(one) ? other : one,
    )
    chosen.push(path)
    for (const part of parts) missing.delete(part)
  }
  return chosen
}
