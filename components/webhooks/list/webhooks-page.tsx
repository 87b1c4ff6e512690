'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { useOpened } from '@/components/hooks/use-opened'
import { ClosedPage } from '@/components/shell/closed-page'
import { Failure } from '@/components/shell/failure'
import { ListFailure } from '@/components/shell/list-failure'
import { Waiting } from '@/components/shell/waiting'
import { Button } from '@/components/ui/button'
import { ListBody } from '@/components/ui/list-body'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { PageLink } from '@/components/ui/page-link'
import { Pager } from '@/components/ui/pager'
import { CreateWebhookDialog } from '@/components/webhooks/change/create-webhook-dialog'
import { WebhookTable } from '@/components/webhooks/list/webhook-table'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, reasonAgainst, type WireOrganization } from '@/lib/queries/organization'
import { webhookListQuery, webhookSearchParsers } from '@/lib/queries/webhooks'

/** Settings → Webhooks. */
export function WebhooksPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  if (organization.data) {
    const closed = reasonAgainst(organization.data.may.see_webhooks)
    return closed === undefined ? (
      <Webhooks organization={organization.data} />
    ) : (
      <ClosedPage title="Webhooks" reason={closed} />
    )
  }
  if (organization.error) return <Failure error={organization.error} onRetry={() => void organization.refetch()} />
  return <Waiting what="the webhooks" />
}

function Webhooks({ organization }: { organization: WireOrganization }) {
  const org = organization.organization.slug
  const [search, setSearch] = useQueryStates(webhookSearchParsers, { history: 'push' })
  const list = useQuery(webhookListQuery(browserClient, org, search))
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const creating = useOpened<true>()
  const forbidden = reasonAgainst(organization.may.manage_webhooks)
  const empty = page?.data.length === 0
  return (
    <div className="flex flex-col gap-5">
      <PageHead
        title="Webhooks"
        actions={
          <Button look="primary" reason={forbidden} onClick={(event) => creating.start(true, event.currentTarget)}>
            Create webhook
          </Button>
        }
      >
        <p className="text-muted">Where events are sent as they happen, each with a signature.</p>
      </PageHead>
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {!page && !list.error && <Waiting what="the webhooks" />}
      {empty && (
        <div className="py-10">
          <p className="font-medium">No webhooks yet</p>
          <p className="text-muted">
            Your server is told of each event by a POST. The guide has receivers that verify:{' '}
            <PageLink href="/docs/webhooks" className="text-accent underline underline-offset-2">
              Webhooks
            </PageLink>
            .
          </p>
        </div>
      )}
      {page && !empty && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          <WebhookTable org={org} items={page.data} />
          <Pager {...pages.pager} />
        </ListBody>
      )}
      <Opened of={creating}>{(_, frame) => <CreateWebhookDialog org={org} frame={frame} />}</Opened>
    </div>
  )
}
