import type { Product } from './product'
import { kilobytesOf, scriptsOf } from './scripts'

/** A page of the product without anything on it: the frame that all pages have. */
const BARE = '/nothing-is-here'

const DOCS = [
  '/docs',
  '/docs/quick-start',
  '/docs/scopes',
  '/docs/errors',
  '/docs/reference',
  '/docs/reference/contacts/create',
]

/** What the heaviest page of the docs adds to a bare page: kilobytes of JavaScript, compressed. */
export async function docsScripts(product: Product): Promise<{ path: string; kilobytes: number }> {
  const bare = await scriptsOf(product, BARE)
  const pages = []
  for (const path of DOCS) {
    const added = [...(await scriptsOf(product, path))].filter((script) => !bare.has(script))
    pages.push({ path, kilobytes: await kilobytesOf(product, added) })
  }
  return pages.reduce((heaviest, page) => (page.kilobytes > heaviest.kilobytes ? page : heaviest))
}
