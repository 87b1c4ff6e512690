'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { indexEntries } from '@/components/docs/find/search'
import { Failure } from '@/components/shell/failure'
import { useNavigation } from '@/components/ui/navigation'
import { Palette } from '@/components/ui/palette'
import { searchEntries } from '@/lib/docs/contract'
import { succeed } from '@/lib/queries/request-error'

const fetchEntries = async () => searchEntries.parse(await (await succeed(fetch('/docs/search.json'))).json())

type Props = { open: boolean; onClose: () => void }

/** The search over guides, operations and error codes: type, arrows, Enter. It runs in the browser. */
export default function SearchDialog({ open, onClose }: Props) {
  const { go } = useNavigation()
  const [query, setQuery] = useState('')
  const entries = useQuery({ queryKey: ['docs', 'search'], queryFn: fetchEntries, staleTime: Number.POSITIVE_INFINITY })
  const find = useMemo(() => entries.data && indexEntries(entries.data), [entries.data])
  const found = useMemo(() => find?.(query) ?? [], [find, query])

  const close = () => {
    setQuery('')
    onClose()
  }
  return (
    <Palette
      label="Search the docs"
      placeholder="Guides, operations, error codes"
      open={open}
      onClose={close}
      query={query}
      onQuery={setQuery}
      items={found}
      keyOf={({ href }) => href}
      textOf={({ title }) => title}
      onChoose={({ href }) => {
        close()
        go(href)
      }}
      notice={
        entries.error && (
          <div className="p-4">
            <Failure error={entries.error} onRetry={() => void entries.refetch()} />
          </div>
        )
      }
      status={
        <>
          {entries.isPending && 'Loading…'}
          {find && query.trim() === '' && 'Type what you look for, such as a field, a path or a code.'}
          {find && query.trim() !== '' && found.length === 0 && `Nothing is found for “${query.trim()}”.`}
        </>
      }
    >
      {({ kind, title, place }) => (
        <>
          <span className={kind === 'error' ? 'font-mono text-sm' : undefined}>{title}</span>
          <span className="text-muted text-xs">{place}</span>
        </>
      )}
    </Palette>
  )
}
