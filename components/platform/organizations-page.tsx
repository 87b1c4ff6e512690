'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { useOpened } from '@/components/hooks/use-opened'
import { CreateOrganizationDialog } from '@/components/platform/create-organization-dialog'
import { PLAN_LABELS } from '@/components/platform/plan-labels'
import { ListFailure } from '@/components/shell/list-failure'
import { Button } from '@/components/ui/button'
import { ListBody } from '@/components/ui/list-body'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { PageLink } from '@/components/ui/page-link'
import { Pager } from '@/components/ui/pager'
import { SearchBox } from '@/components/ui/search-box'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import {
  type PlatformSearch,
  platformOrganizationsQuery,
  platformSearchParsers,
  type WirePlatformOrganization,
} from '@/lib/queries/platform'

const FILTERS = [
  { value: 'any', label: 'All' },
  { value: 'open', label: 'Requesting access' },
] as const

const COLUMNS = ['Organisation', 'Plan', 'Developer API', 'Members', 'Keys in use', 'Calls, 24 hours', 'Made']

/** Platform → organisations. */
export function OrganizationsPage({ sendsMail }: { sendsMail: boolean }) {
  const [search, setSearch] = useQueryStates(platformSearchParsers, { history: 'push' })
  const list = useQuery(platformOrganizationsQuery(browserClient, search))
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const creating = useOpened<true>()

  const change = (changed: Partial<PlatformSearch>) => {
    pages.forget()
    void setSearch({ ...changed, cursor: null }, { history: 'q' in changed ? 'replace' : 'push' })
  }
  const filtered = search.q !== '' || search.requests !== null || search.cursor !== null
  const create = (
    <Button look="primary" onClick={(event) => creating.start(true, event.currentTarget)}>
      Create organisation
    </Button>
  )
  const empty = page?.data.length === 0
  return (
    <div className="flex flex-col gap-5">
      <PageHead title="Organisations" actions={(!empty || filtered) && create}>
        <p className="text-muted">Their plans, and whether their API keys work.</p>
      </PageHead>
      <div className="flex flex-wrap items-start gap-2">
        <SearchBox
          label="Search organisations by name or slug"
          placeholder="Search by name or slug"
          value={search.q}
          onSearch={(q) => change({ q })}
        />
        <Select
          label="Show"
          value={search.requests ?? 'any'}
          options={FILTERS}
          onChange={(value) => change({ requests: value === 'open' ? 'open' : null })}
        />
      </div>
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {list.isPending && <Skeleton className="w-72" />}
      {empty && filtered && <p className="py-6 font-medium">No organisation matches.</p>}
      {empty && !filtered && (
        <div className="flex flex-col items-start gap-4 py-10">
          <div>
            <p className="font-medium">No organisation yet</p>
            <p className="text-muted">
              {sendsMail
                ? 'Create one, and its first Admin is mailed a link.'
                : 'Create one, and send its first Admin the link that you get.'}
            </p>
          </div>
          {create}
        </div>
      )}
      {page && !empty && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          <Table caption="Organisations" columns={COLUMNS}>
            {page.data.map((item) => (
              <OrganizationRow key={item.id} item={item} />
            ))}
          </Table>
          <Pager {...pages.pager} />
        </ListBody>
      )}
      <Opened of={creating}>{(_, frame) => <CreateOrganizationDialog sendsMail={sendsMail} frame={frame} />}</Opened>
    </div>
  )
}

const OrganizationRow = ({ item }: { item: WirePlatformOrganization }) => (
  <Row>
    <HeadCell>
      <PageLink href={`/platform/organizations/${item.slug}`} className="block font-medium hover:underline">
        {item.name}
      </PageLink>
      <span className="text-muted text-sm">{item.slug}</span>
    </HeadCell>
    <Cell label="Plan">{PLAN_LABELS[item.plan]}</Cell>
    <Cell label="Developer API">
      {item.developer_api ? 'On' : <span className="text-muted">Off</span>}
      {item.access_request && (
        <span className="block text-sm text-warn">
          Requested <Time at={item.access_request.created_at} past />
        </span>
      )}
    </Cell>
    <Cell label="Members">{item.members}</Cell>
    <Cell label="Keys in use">{item.keys}</Cell>
    <Cell label="Calls, 24 hours">{item.calls_today.toLocaleString('en-GB')}</Cell>
    <Cell label="Made">
      <Time at={item.created_at} past />
    </Cell>
  </Row>
)
