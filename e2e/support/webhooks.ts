import { dashboard, expect } from '@/e2e/support/fixtures'
import { query, type Workspace } from '@/e2e/support/workspace'

type Sender = Parameters<typeof dashboard>[0]

/** A subscription whose one delivery was answered with 500 and `reply`. @returns the path of its page */
export async function makeFailingWebhook(sender: Sender, { id, slug }: Workspace, reply: string): Promise<string> {
  const fields = { url: `https://example.com/${reply}`, events: ['*'], environment: 'test' }
  const made = await dashboard(sender, slug).send('POST', '/webhooks', fields)
  expect(made.status(), await made.text()).toBe(201)
  const webhook = await made.json()
  await query(
    `WITH delivery AS (
       INSERT INTO webhook_deliveries (id, organization_id, environment, webhook_id, event_id, type, body, status, attempts, ended_at)
       VALUES (gen_random_uuid(), $1, 'test', $2, gen_random_uuid(), 'contact.created', '{}', 'failed', 1, now()) RETURNING id)
     INSERT INTO webhook_attempts (delivery_id, number, at, duration_ms, status_code, reply)
     SELECT id, 1, now(), 10000, 500, $3 FROM delivery`,
    [id, webhook.id, reply],
  )
  return `/orgs/${slug}/settings/webhooks/${webhook.id}`
}
