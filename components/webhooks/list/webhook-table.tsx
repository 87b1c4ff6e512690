import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { PageLink } from '@/components/ui/page-link'
import { Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { summarizeEvents, webhookState } from '@/components/webhooks/webhook-labels'
import type { WireWebhook } from '@/lib/queries/webhooks'

const COLUMNS = ['Address', 'Environment', 'Events', 'State', 'Created']

export const WebhookTable = ({ org, items }: { org: string; items: readonly WireWebhook[] }) => (
  <Table caption="Webhooks" columns={COLUMNS}>
    {items.map((item) => (
      <Row key={item.id}>
        <HeadCell>
          <PageLink href={`/orgs/${org}/settings/webhooks/${item.id}`} className="block font-medium hover:underline">
            {item.url}
          </PageLink>
          {item.description && <span className="block text-muted text-sm">{item.description}</span>}
        </HeadCell>
        <Cell label="Environment">{ENVIRONMENT_LABELS[item.environment]}</Cell>
        <Cell label="Events">{summarizeEvents(item.events)}</Cell>
        <Cell label="State">
          {webhookState(item)}
          {item.enabled && item.failing_since && (
            <span className="block text-muted text-sm">
              since <Time at={item.failing_since} past />
            </span>
          )}
        </Cell>
        <Cell label="Created">
          <Time at={item.created_at} past />
        </Cell>
      </Row>
    ))}
  </Table>
)
