import { readdir } from 'node:fs/promises'
import { visit } from 'unist-util-visit'
import { expect, test } from 'vitest'
import { allGuides, findGuide, GUIDES } from '@/lib/docs/guides'
import { parseMarkdown } from '@/lib/docs/markdown'
import { neighbours } from '@/lib/docs/navigation'
import { documentedOperations } from '@/lib/docs/operations'
import { errorGroups } from '@/lib/docs/tables'
import { openApiDocument } from '@/lib/http/api/openapi/document'
import { WINDOW_SECONDS } from '@/lib/keys/authenticate/rate-window'
import { keyStatus } from '@/lib/keys/contract'
import { RESOURCES } from '@/lib/resources/register'

const guides = await allGuides()

test('every file in the folder of the guides is one of the guides', async () => {
  const files = (await readdir('docs/guides')).map((name) => `docs/guides/${name}`)
  expect(GUIDES.map(({ file }) => file)).toEqual(expect.arrayContaining(files))
})

test('no name of a guide leads to another file', async () => {
  for (const slug of ['..', '../../.env', 'operating.md', '', '__proto__']) expect(await findGuide(slug)).toBeNull()
})

/** Every address of the docs, with the anchors that it has. */
function anchors(): Map<string, Set<string>> {
  const pages = new Map<string, Set<string>>()
  for (const { href, sections } of guides) pages.set(href, new Set(sections.map(({ id }) => id)))
  for (const { href } of documentedOperations()) pages.set(href, new Set())
  pages.set('/docs/reference', new Set(RESOURCES.map(({ name }) => name)))
  for (const { status, codes } of errorGroups()) {
    for (const id of [`status-${status}`, ...codes.map(({ code }) => code)]) pages.get('/docs/errors')?.add(id)
  }
  return pages
}

test.each(guides)('every link in $slug leads to a page, and to an anchor on it', ({ href: from, body }) => {
  const known = anchors()
  const broken: string[] = []
  visit(body, 'element', ({ tagName, properties }) => {
    const href = String(properties.href)
    if (tagName !== 'a' || href === '/api/v1/openapi.json') return
    const [path, anchor] = href.split('#')
    const page = known.get(path || from)
    if (!page || (anchor !== undefined && !page.has(anchor))) broken.push(href)
  })
  expect(broken).toEqual([])
})

test.each(guides)('$slug has a title, a lead, and headings with anchors of their own', ({ title, lead, sections }) => {
  expect(title).toMatch(/^[A-Z]/)
  expect(lead).toMatch(/[.:]$/)
  const ids = sections.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('previous and next lead through everything, there and back', async () => {
  const walked: string[] = []
  for (let at: string | undefined = '/docs/quick-start'; at; ) {
    walked.push(at)
    const { next }: Awaited<ReturnType<typeof neighbours>> = await neighbours(at)
    if (next) expect((await neighbours(next.href)).previous?.href).toBe(at)
    at = next?.href
  }
  const operations = documentedOperations().map(({ href }) => href)
  expect(walked).toEqual([...guides.map(({ href }) => href), '/docs/reference', ...operations])
})

test('every state of a key stands in the guide about them', async () => {
  const text = (await findGuide('expiry-and-rotation'))?.sections.map(({ content }) => content).join(' ')
  for (const status of keyStatus.options) expect(text).toContain(status)
})

test('how long a call counts is said in words as it is counted, in the guide and in OpenAPI', async () => {
  const text = (await findGuide('rate-limits'))?.sections.map(({ content }) => content).join(' ')
  const leaving = `${WINDOW_SECONDS} seconds between two bursts of the whole limit`
  expect(text).toContain(`a call counts for up to ${WINDOW_SECONDS} seconds: who leaves ${leaving} is never refused.`)
  expect(JSON.stringify(openApiDocument('https://keys.acme.test'))).toContain(
    `A call counts for up to ${WINDOW_SECONDS}: leave ${leaving}.`,
  )
})

test('a guide with HTML in it is refused, but for the places of tables', () => {
  for (const html of ['<script>alert(1)</script>', '<b>bold</b>', '<!-- drawn: secrets -->']) {
    expect(() => parseMarkdown(`# Title\n\n${html}\n`), html).toThrow('holds HTML')
  }
  expect(parseMarkdown('# Title\n\n<!-- drawn: scopes -->\n').title).toBe('Title')
})
