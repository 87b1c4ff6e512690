import type { Element, Root } from 'hast'
import { toString as textOf } from 'hast-util-to-string'
import type { Html, Nodes } from 'mdast'
import rehypeSlug from 'rehype-slug'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'

type Heading = { id: string; text: string }

/** The text below a heading, for the search. */
type Section = Heading & { content: string }

export type Document = {
  title: string
  /** The first paragraph. */
  lead: string
  /** What follows the title. */
  body: Root
  headings: Heading[]
  sections: Section[]
}

const PLACES = ['scopes', 'errors', 'plans', 'events'] as const
export type Place = (typeof PLACES)[number]

/** The only HTML that a guide may hold: the place of a table that is drawn from the code. */
function place(_: unknown, node: Html): Element {
  const name = PLACES.find((one) => node.value === `<!-- drawn: ${one} -->`)
  if (!name) throw new Error(`A guide holds HTML: ${node.value}`)
  return { type: 'element', tagName: 'section', properties: { dataDrawn: name }, children: [] }
}

/** Guides name each other by their files, so that their links work where the files are read too. */
const FILE = /^(?:\.\.\/)?([a-z-]+)\.md(#.*)?$/

const addressed = () => (root: Root) =>
  visit(root, 'element', ({ tagName, properties }) => {
    const file = tagName === 'a' ? FILE.exec(String(properties.href)) : null
    if (file) properties.href = `/docs/${file[1]}${file[2] ?? ''}`
  })

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { handlers: { html: place } })
  .use(rehypeSlug)
  .use(addressed)

const isElement = (node: Root['children'][number]): node is Element => node.type === 'element'
const isHeading = ({ tagName }: Element) => /^h[2-4]$/.test(tagName)

/** Reads a document in Markdown (CommonMark with GitHub's tables). Its first heading is its title. */
export function parseMarkdown(source: string): Document {
  const tree: Nodes = processor.parse(source)
  const root = processor.runSync(tree)
  const elements = root.children.filter(isElement)
  const title = elements.find(({ tagName }) => tagName === 'h1')
  if (!title) throw new Error('A document without a title.')
  const sections: Section[] = [{ id: '', text: textOf(title), content: '' }]
  for (const element of elements.filter((one) => one !== title)) {
    if (isHeading(element)) sections.push({ ...headingOf(element), content: '' })
    else sections[sections.length - 1] = grown(sections.at(-1), textOf(element))
  }
  return {
    title: textOf(title),
    lead: textOf(elements.find(({ tagName }) => tagName === 'p') ?? title),
    body: { ...root, children: root.children.filter((node) => node !== title) },
    headings: elements.filter(({ tagName }) => tagName === 'h2').map(headingOf),
    sections,
  }
}

const headingOf = (element: Element): Heading => ({ id: String(element.properties.id ?? ''), text: textOf(element) })

const grown = (section: Section | undefined, text: string): Section => ({
  id: section?.id ?? '',
  text: section?.text ?? '',
  content: `${section?.content ?? ''} ${text.replace(/\s+/g, ' ')}`.trim(),
})

/** The same tree with `written` replaced by `shown` in every text. */
export function withText(body: Root, written: string, shown: string): Root {
  const copy = structuredClone(body)
  visit(copy, 'text', (node) => {
    node.value = node.value.replaceAll(written, shown)
  })
  return copy
}
