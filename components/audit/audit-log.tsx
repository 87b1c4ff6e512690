'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { AuditFilterBar } from '@/components/audit/audit-filters'
import { AuditTable } from '@/components/audit/audit-table'
import { EntryPanel } from '@/components/audit/entry-panel'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { useOpened } from '@/components/hooks/use-opened'
import { ListFailure } from '@/components/shell/list-failure'
import { Waiting } from '@/components/shell/waiting'
import { buttonStyle } from '@/components/ui/button-style'
import { CopyButton } from '@/components/ui/copy-button'
import { ListBody } from '@/components/ui/list-body'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { PageLink } from '@/components/ui/page-link'
import { Pager } from '@/components/ui/pager'
import {
  type AuditSearch,
  type AuditSource,
  auditExportHref,
  auditHeadQuery,
  auditListQuery,
  auditSearchParsers,
  type WireAuditEntry,
} from '@/lib/queries/audit'
import { browserClient } from '@/lib/queries/client'

type Props = { source: AuditSource; intro: string }

/** The audit log of an organisation or of the platform: filtered, paged, one entry at a time beside it. */
export function AuditLog({ source, intro }: Props) {
  const [search, setSearch] = useQueryStates(auditSearchParsers, { history: 'push' })
  const list = useQuery(auditListQuery(browserClient, source, search))
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const opened = useOpened<WireAuditEntry>()
  const heading = useRef<HTMLHeadingElement>(null)
  const narrow = (narrowed: Partial<AuditSearch>) => {
    pages.forget()
    void setSearch({ ...narrowed, cursor: null }, { history: 'replace' })
  }
  return (
    <div className="flex flex-col gap-5">
      <PageHead title="Audit log" heading={heading} actions={<Exports source={source} search={search} />}>
        <p className="wrap-anywhere text-muted">{intro}</p>
      </PageHead>
      <AuditFilterBar search={search} onSearch={narrow} />
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {!page && !list.error && <Waiting what="the audit log" />}
      {page && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          {page.data.length > 0 && <AuditTable items={page.data} onOpen={opened.start} />}
          {page.data.length === 0 && <NoEntry incomplete={page.incomplete === true} />}
          {page.data.length > 0 && page.incomplete && (
            <p className="text-muted">Thousands of entries were looked at for these. Next looks further.</p>
          )}
          <Pager {...pages.pager} />
        </ListBody>
      )}
      <Head source={source} />
      <Opened of={opened} fallbackFocus={() => heading.current}>
        {(entry, frame) => <EntryPanel entry={entry} frame={frame} />}
      </Opened>
    </div>
  )
}

/** @param incomplete the look ended before the log did */
const NoEntry = ({ incomplete }: { incomplete: boolean }) => (
  <div className="py-6">
    <p className="font-medium">{incomplete ? 'No entry here matches.' : 'No entry matches.'}</p>
    <p className="text-muted">
      {incomplete
        ? 'Thousands were looked at. Next looks further; days narrow it down.'
        : 'Emails and prefixes are matched whole. Times are days of UTC.'}
    </p>
  </div>
)

/** The browser saves what is in sight, all pages of it. */
const Exports = ({ source, search }: { source: AuditSource; search: AuditSearch }) => (
  <div className="flex flex-wrap gap-2">
    {(['csv', 'jsonl'] as const).map((format) => (
      <a key={format} href={auditExportHref(source, search, format)} download className={buttonStyle()}>
        {format === 'csv' ? 'Export CSV' : 'Export JSON Lines'}
      </a>
    ))}
  </div>
)

/** How far the log is sealed, to be kept elsewhere. */
function Head({ source }: { source: AuditSource }) {
  const { data } = useQuery(auditHeadQuery(browserClient, source))
  if (!data?.head) return null
  return (
    <section aria-label="Proof" className="flex flex-col items-start gap-1 border-line border-t pt-4 text-sm">
      <p className="text-muted">
        {data.entries === 1 ? '1 entry is' : `${data.entries.toLocaleString('en-GB')} entries are`} sealed, each by a
        hash of all before it. Keep the last hash elsewhere, and it proves later that none was altered or removed:{' '}
        <PageLink href="/docs/audit-log" className="text-accent underline underline-offset-2">
          how
        </PageLink>
        .
      </p>
      <p className="flex max-w-full flex-wrap items-center gap-2">
        <code className="min-w-0 break-all font-mono">{data.head}</code>
        <CopyButton text={data.head} label="Copy the last hash" />
      </p>
    </section>
  )
}
