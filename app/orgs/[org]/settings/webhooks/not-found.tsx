import { PageLink } from '@/components/ui/page-link'

export default function NotFound() {
  return (
    <div className="flex flex-col items-start gap-3">
      <h1 className="font-semibold text-xl">There is no such webhook</h1>
      <p className="text-muted">It may have been deleted, or it belongs to another organisation.</p>
      <PageLink href="." className="text-accent hover:underline">
        To the webhooks
      </PageLink>
    </div>
  )
}
