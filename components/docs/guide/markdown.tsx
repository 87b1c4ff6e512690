import type { Element, Root } from 'hast'
import { type Components, toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { toString as textOf } from 'hast-util-to-string'
import type { ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { CodeExample } from '@/components/docs/code-example'
import { AnchoredHeading } from '@/components/docs/guide/anchored-heading'
import { ScrollingTable } from '@/components/docs/reference/scrolling-table'
import { PageLink } from '@/components/ui/page-link'
import type { Place } from '@/lib/docs/markdown'

type Props = {
  body: Root
  /** What stands in the places that a guide leaves for it, by their names. */
  drawn: Record<Place, ReactNode>
}

type WithNode = { node?: Element | undefined; children?: ReactNode; id?: string | undefined }

/** What stands behind the fence: `sh`. */
const languageOf = ({ children: [code] }: Element): string =>
  /language-(\w+)/.exec(code?.type === 'element' ? String(code.properties.className) : '')?.[1] ?? ''

const H2 = ({ id = '', children }: WithNode) => (
  <AnchoredHeading level={2} id={id}>
    {children}
  </AnchoredHeading>
)
const H3 = ({ id = '', children }: WithNode) => (
  <AnchoredHeading level={3} id={id}>
    {children}
  </AnchoredHeading>
)

const componentsWith = (drawn: Props['drawn']): Partial<Components> => ({
  h2: H2,
  h3: H3,
  p: ({ children }) => <p className="my-3">{children}</p>,
  ul: ({ children }) => <ul className="my-3 flex list-disc flex-col gap-1.5 pl-5 marker:text-muted">{children}</ul>,
  ol: ({ children }) => <ol className="my-3 flex list-decimal flex-col gap-1.5 pl-5 marker:text-muted">{children}</ol>,
  strong: ({ children }) => <strong className="font-semibold">{children}</strong>,
  code: ({ children }) => (
    <code className="break-words rounded-sm bg-hover px-1 py-0.5 font-mono text-sm">{children}</code>
  ),
  pre: ({ node }: WithNode) => (
    <div className="my-4">
      <CodeExample
        code={node ? textOf(node).trimEnd() : ''}
        language={node ? languageOf(node) : ''}
        label="Copy the example"
      />
    </div>
  ),
  a: ({ href = '', children }) =>
    href.startsWith('/') && !href.startsWith('/api/') ? (
      <PageLink href={href} className="text-accent underline underline-offset-2">
        {children}
      </PageLink>
    ) : (
      <a
        href={href}
        download={href.startsWith('/api/') ? 'latchkey-openapi.json' : undefined}
        className="text-accent underline underline-offset-2"
      >
        {children}
      </a>
    ),
  table: ({ children }) => <ScrollingTable>{children}</ScrollingTable>,
  section: ({ node }: WithNode) => Object.entries(drawn).find(([place]) => place === node?.properties.dataDrawn)?.[1],
})

/** A guide's text in the product's looks. */
export const Markdown = ({ body, drawn }: Props) => (
  <div className="leading-6">
    {toJsxRuntime(body, {
      Fragment,
      jsx,
      jsxs,
      passNode: true,
      tableCellAlignToStyle: false,
      components: componentsWith(drawn),
    })}
  </div>
)
