import type { Page } from '@playwright/test'

/** The addresses on our own host that the page links to, without their anchors. */
const linksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('a')]
      .filter(({ origin }) => origin === window.location.origin)
      .map(({ pathname, search }) => pathname + search),
  )

/**
 * Opens each of `starts`, and every page that links lead to from there, once each.
 * @param belongs whether a page that a link leads to is one to open
 * @returns the address of each, while it is open
 */
export async function* crawl(
  page: Page,
  starts: readonly string[],
  belongs: (path: string) => boolean,
): AsyncGenerator<string> {
  // What is added while it is gone through is gone through too.
  const found = new Set(starts)
  for (const path of found) {
    await page.goto(path)
    yield path
    for (const link of await linksOf(page)) if (belongs(link)) found.add(link)
  }
}
