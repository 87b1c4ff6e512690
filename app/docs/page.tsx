import type { Metadata } from 'next'
import { DocsHome } from '@/components/docs/guide/docs-home'
import { allGuides } from '@/lib/docs/guides'
import { referenceResources } from '@/lib/docs/reference-index'

export const metadata: Metadata = { description: 'How to call the API of your workspace.' }

export default async function Page() {
  return <DocsHome guides={await allGuides()} resources={referenceResources()} />
}
