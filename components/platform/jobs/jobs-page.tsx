'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { useOpened } from '@/components/hooks/use-opened'
import { DropJobDialog } from '@/components/platform/jobs/drop-job-dialog'
import { JobRow } from '@/components/platform/jobs/job-row'
import { ListFailure } from '@/components/shell/list-failure'
import { ListBody } from '@/components/ui/list-body'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
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
  const dropping = useOpened<WireJob>()
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
      <PageHead title="Jobs" heading={heading}>
        <p className="text-muted">Emails, steps of sequences and housekeeping. What is done is not listed any more.</p>
      </PageHead>
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
              <JobRow key={item.id} item={item} onDrop={(trigger) => dropping.start(item, trigger)} />
            ))}
          </Table>
          <Pager {...pages.pager} />
        </ListBody>
      )}
      <Opened of={dropping} fallbackFocus={() => heading.current}>
        {(item, frame) => <DropJobDialog item={item} frame={frame} />}
      </Opened>
    </div>
  )
}
