import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/base/node/env'
import { type Document, parseMarkdown } from '@/lib/docs/markdown'

/** The guides in the order in which they are read: where each stands in the docs, and its file. */
export const GUIDES = [
  { slug: 'quick-start', file: 'docs/guides/quick-start.md' },
  { slug: 'authentication', file: 'docs/guides/authentication.md' },
  { slug: 'scopes', file: 'docs/guides/scopes.md' },
  { slug: 'live-and-test', file: 'docs/guides/live-and-test.md' },
  { slug: 'errors', file: 'docs/guides/errors.md' },
  { slug: 'rate-limits', file: 'docs/guides/rate-limits.md' },
  { slug: 'pagination', file: 'docs/guides/pagination.md' },
  { slug: 'idempotency', file: 'docs/guides/idempotency.md' },
  { slug: 'versions', file: 'docs/guides/versions.md' },
  { slug: 'request-ids', file: 'docs/guides/request-ids.md' },
  { slug: 'ip-allowlists', file: 'docs/guides/ip-allowlists.md' },
  { slug: 'expiry-and-rotation', file: 'docs/guides/expiry-and-rotation.md' },
  { slug: 'campaigns', file: 'docs/guides/campaigns.md' },
  { slug: 'webhooks', file: 'docs/guides/webhooks.md' },
  { slug: 'forms', file: 'docs/guides/forms.md' },
  { slug: 'flows', file: 'docs/guides/flows.md' },
  { slug: 'audit-log', file: 'docs/guides/audit-log.md' },
  { slug: 'security', file: 'docs/guides/security.md' },
  { slug: 'leaked-keys', file: 'docs/guides/leaked-keys.md' },
  { slug: 'notices', file: 'docs/guides/notices.md' },
  { slug: 'typed-client', file: 'docs/guides/typed-client.md' },
  { slug: 'operating', file: 'docs/operating.md' },
] as const

type GuideSlug = (typeof GUIDES)[number]['slug']
export type Guide = Document & { slug: GuideSlug; href: string }

/** The address that the guides' files write; readers see the one that they are at. */
export const WRITTEN_ORIGIN = 'http://127.0.0.1:3000'

const read = new Map<string, Promise<Guide>>()

type Known = (typeof GUIDES)[number]

/** A guide as it is written. */
export const readSource = ({ file }: Pick<Known, 'file'>): Promise<string> =>
  // The folder is found when it is read: the bundler must not follow it.
  readFile(join(/* turbopackIgnore: true */ process.cwd(), file), 'utf8')

async function readGuide({ slug, file }: Known): Promise<Guide> {
  return { ...parseMarkdown(await readSource({ file })), slug, href: `/docs/${slug}` }
}

function guide(known: Known): Promise<Guide> {
  const found = read.get(known.slug) ?? readGuide(known)
  // In development a guide may change at any time.
  if (env.NODE_ENV !== 'development') read.set(known.slug, found)
  return found
}

/** All of them, in their order. */
export const allGuides = (): Promise<Guide[]> => Promise.all(GUIDES.map(guide))

/** The guide at `/docs/<slug>`; null: there is none. */
export async function findGuide(slug: string): Promise<Guide | null> {
  const known = GUIDES.find((one) => one.slug === slug)
  return known ? guide(known) : null
}
