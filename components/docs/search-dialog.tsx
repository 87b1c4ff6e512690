'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { indexEntries } from '@/components/docs/search'
import { Failure } from '@/components/shell/failure'
import { searchEntries } from '@/lib/docs/contract'
import { succeed } from '@/lib/queries/request-error'

const fetchEntries = async () => searchEntries.parse(await (await succeed(fetch('/docs/search.json'))).json())

type Props = { open: boolean; onClose: () => void }

/** The search over guides, operations and error codes: type, arrows, Enter. It runs in the browser. */
export default function SearchDialog({ open, onClose }: Props) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const entries = useQuery({ queryKey: ['docs', 'search'], queryFn: fetchEntries, staleTime: Number.POSITIVE_INFINITY })
  const find = useMemo(() => entries.data && indexEntries(entries.data), [entries.data])
  const found = useMemo(() => find?.(query) ?? [], [find, query])

  const close = () => {
    setQuery('')
    onClose()
  }
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label="Search the docs"
          className="fixed inset-x-0 top-0 z-30 mx-auto flex max-h-dvh w-full flex-col overflow-hidden bg-raised shadow-popup outline-none sm:top-[12dvh] sm:max-h-[70dvh] sm:max-w-xl sm:rounded-xl"
        >
          <Autocomplete.Root
            inline
            open
            items={found}
            filter={null}
            autoHighlight="always"
            keepHighlight
            value={query}
            onValueChange={setQuery}
            itemToStringValue={({ title }) => title}
          >
            <div className="flex shrink-0 items-center gap-2 border-line border-b px-4">
              <Search size={16} className="text-muted" />
              <Autocomplete.Input
                aria-label="Search the docs"
                placeholder="Guides, operations, error codes"
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
              />
              <Dialog.Close className="rounded-sm border border-line px-1.5 font-mono text-muted text-xs">
                Esc
              </Dialog.Close>
            </div>
            {entries.error && (
              <div className="p-4">
                <Failure error={entries.error} onRetry={() => void entries.refetch()} />
              </div>
            )}
            <Autocomplete.Status className="px-4 py-3 text-muted text-sm empty:hidden">
              {entries.isPending && 'Loading…'}
              {find && query.trim() === '' && 'Type what you look for, such as a field, a path or a code.'}
              {find && query.trim() !== '' && found.length === 0 && `Nothing is found for “${query.trim()}”.`}
            </Autocomplete.Status>
            <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain p-2 empty:hidden">
              {(entry: (typeof found)[number]) => (
                <Autocomplete.Item
                  key={entry.href}
                  value={entry}
                  onClick={() => {
                    close()
                    router.push(entry.href)
                  }}
                  className="flex cursor-default flex-col rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover"
                >
                  <span className={entry.kind === 'error' ? 'font-mono text-sm' : undefined}>{entry.title}</span>
                  <span className="truncate text-muted text-xs">{entry.place}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
