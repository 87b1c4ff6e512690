'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef, useState } from 'react'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { DropJobDialog } from '@/components/platform/jobs/drop-job-dialog'
import { JobRow } from '@/components/platform/jobs/job-row'
import { ListFailure } from '@/components/shell/list-failure'
import { ListBody } from '@/components/ui/list-body'
import { Pager } from '@/components/ui/pager'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { Table } from '@/components/ui/table'
import { browserClient } from '@/lib/queries/client'
import { jobSearchParsers, jobsQuery, type WireJob } from '@/lib/queries/jobs'
import { MOST_JOBS_COUNTED } from '@/lib/work/jobs/contract'

const COLUMNS = ['Job', 'State', 'Attempts', 'Asked for']

const told = (count: number) =>
  count < MOST_JOBS_COUNTED ? String(count) : `${MOST_JOBS_COUNTED.toLocaleString('en-GB')} or more`

/** Platform → jobs. */
export function JobsPage() {
  const [search, setSearch] = useQueryStates(jobSearchParsers, { history: 'push' })
  const list = useQuery(jobsQuery(browserClient, search))
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const [dropping, setDropping] = useState<WireJob | null>(null)
  const [open, setOpen] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)

  const state = search.state ?? 'any'
  const count = (name: 'waiting' | 'running' | 'failed') => (page ? ` (${told(page.counts[name])})` : '')
  const options = [
    { value: 'any', label: 'All' },
    { value: 'waiting', label: `Waiting${count('waiting')}` },
    { value: 'running', label: `Running${count('running')}` },
    { value: 'failed', label: `Failed${count('failed')}` },
  ] as const
  const empty = page?.data.length === 0
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl outline-none">
          Jobs
        </h1>
        <p className="text-muted">Emails, steps of sequences and housekeeping. What is done is not listed any more.</p>
      </div>
      <div className="flex">
        <Select
          label="Show"
          value={state}
          options={options}
          onChange={(value) => {
            pages.forget()
            void setSearch({ state: value === 'any' ? null : value, cursor: null })
          }}
        />
      </div>
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {list.isPending && <Skeleton className="w-72" />}
      {empty && (
        <p className="py-6 font-medium">{search.state ? `No job is ${search.state}.` : 'Nothing is to be done.'}</p>
      )}
      {page && !empty && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          <Table caption="Jobs" columns={COLUMNS} actions>
            {page.data.map((item) => (
              <JobRow
                key={item.id}
                item={item}
                onDrop={() => {
                  setDropping(item)
                  setOpen(true)
                }}
              />
            ))}
          </Table>
          <Pager {...pages.pager} />
        </ListBody>
      )}
      {dropping && (
        <DropJobDialog
          key={dropping.id}
          item={dropping}
          open={open}
          onClose={() => setOpen(false)}
          returnFocus={() => heading.current}
        />
      )}
    </div>
  )
}
