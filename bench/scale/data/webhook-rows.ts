import type pg from 'pg'
import { type Sizes, sizeOf } from '../sizes'
import { CAME_AT, ENVIRONMENT, idOf, insert, numbered, organizationId, unevenly } from './numbered'

type Fill = (client: pg.ClientBase, sizes: Sizes) => Promise<number>

const tenant = (sizes: Sizes) => ({ organization_id: organizationId(sizes), environment: ENVIRONMENT })

const webhooks: Fill = (client, sizes) =>
  insert(
    client,
    'webhooks',
    {
      ...tenant(sizes),
      id: `pg_temp.id_of('webhooks', tenant, n, size)`,
      url: `'https://hooks.organization-' || tenant || '.example/' || n`,
      events: `ARRAY['contact.created']`,
      secret: `substring(sha256(concat_ws('/', 'webhook', tenant, n)::bytea) FROM 1 FOR 24)`,
      created_at: CAME_AT,
    },
    numbered(sizes, sizeOf(sizes, 'webhooks')),
  )

const health: Fill = (client, sizes) =>
  insert(
    client,
    'webhook_health',
    { webhook_id: `pg_temp.id_of('webhooks', tenant, n, size)` },
    numbered(sizes, sizeOf(sizes, 'webhooks')),
  )

const deliveries: Fill = (client, sizes) =>
  insert(
    client,
    'webhook_deliveries',
    {
      ...tenant(sizes),
      id: `pg_temp.id_of('webhook_deliveries', tenant, n, size)`,
      webhook_id: idOf(sizes, 'webhooks', unevenly),
      event_id: 'gen_random_uuid()',
      type: `'contact.created'`,
      body: `'{}'`,
      status: `(ARRAY['delivered', 'delivered', 'failed'])[1 + n % 3]::webhook_delivery_status`,
      attempts: '1 + n % 3',
      ended_at: CAME_AT,
      created_at: CAME_AT,
    },
    numbered(sizes, sizeOf(sizes, 'webhook_deliveries')),
  )

/** Each table with its fill. */
export const WEBHOOK_ROWS = [
  ['webhooks', webhooks],
  ['webhook_health', health],
  ['webhook_deliveries', deliveries],
] as const
