import { PageLink } from '@/components/ui/page-link'

export default function NotFound() {
  return (
    <div className="mx-auto flex max-w-4xl flex-col items-start gap-3">
      <h1 className="font-semibold text-xl">There is no such page in the docs</h1>
      <p className="text-muted">The contents list every guide and every operation.</p>
      <PageLink href="/docs" className="text-accent hover:underline">
        To the contents
      </PageLink>
    </div>
  )
}
