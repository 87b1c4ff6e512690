import { PageLink } from '@/components/ui/page-link'

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-3 px-6 py-12">
      <h1 className="font-semibold text-xl">There is no such page</h1>
      <p className="text-muted">Or it belongs to an organisation that you are not a member of.</p>
      <PageLink href="/" className="text-accent hover:underline">
        To the start
      </PageLink>
    </main>
  )
}
