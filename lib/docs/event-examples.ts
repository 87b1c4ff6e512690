import { AUDIT_ACTIONS, AUDITED, auditEvent } from '@/lib/contracts/audited'
import type { Resource } from '@/lib/contracts/rows/resource'
import { type Told, toldOf } from '@/lib/contracts/rows/told'
import { RESOURCES } from '@/lib/resources/register'

const ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'
const EVENT_ID = '0198c5a2-8c2f-7d5e-8e4b-3c2d1a0b9f8e'
const KEY_ID = '0198c5a1-1a2b-7c3d-9e4f-5a6b7c8d9e0f'
const INSTANT = '2027-01-31T09:00:00.000Z'
const KEY_PREFIX = 'lk_live_7Qd2xK'

/** The events of what is audited. */
const ofAudit = ({ audited = [] }: Resource): [string, Told][] =>
  audited.map((type) => {
    const [kind = ''] = type.split('.')
    const details = { label: KEY_PREFIX, before: null, after: { name: 'crm-sync-production' }, reason: null }
    return [type, { kind, contact: false, sequence: 2, details, among: {} }]
  })

/** What facts of an entry look like. */
const FACTS: Record<string, unknown> = {
  name: 'crm-sync-production',
  environment: 'live',
  scopes: ['contacts:read'],
  allowed_ips: ['203.0.113.0/24'],
  rate_limit: 60,
  expires_at: INSTANT,
  role: 'admin',
  developer: true,
  enabled: true,
  events: ['contact.created'],
  url: 'https://example.com/webhooks',
  plan: 'pro',
  developer_api: true,
  sessions_ended: 2,
  successor: 'lk_live_9RtW2m',
  successor_id: ID,
  successor_expires_at: INSTANT,
  retires_at: INSTANT,
  first_admin: 'ada@example.com',
  invitation: ID,
}

const LABELS: Record<string, string> = {
  api_key: KEY_PREFIX,
  webhook: 'example.com',
  user: 'ada@example.com',
  invitation: 'ada@example.com',
  organization: 'acme',
}

/** Entries of the audit log, each as an event. */
const ofStream = ({ stream }: Resource): [string, Told][] =>
  AUDIT_ACTIONS.filter((action) => stream?.types.includes(auditEvent(action))).map((action) => {
    const { target, facts } = AUDITED[action]
    const after = facts.length > 0 ? Object.fromEntries(facts.map((fact) => [fact, FACTS[fact] ?? 'text'])) : null
    const origin = { address: '203.0.113.24', user_agent: 'Mozilla/5.0', request_id: 'req_7Qd2xK' }
    const details = { label: LABELS[target] ?? 'text', before: null, after, reason: null, ...origin }
    return [auditEvent(action), { kind: target, contact: false, sequence: null, details, among: {} }]
  })

export type EventExample = { type: string; payload: unknown }

const payloadOf = (type: string, { kind, contact, sequence, details }: Told) => ({
  type,
  timestamp: INSTANT,
  data: {
    id: EVENT_ID,
    environment: 'live',
    actor: { kind: 'key', id: KEY_ID, label: KEY_PREFIX },
    subject: { kind, id: ID },
    contact_id: contact ? ID : null,
    sequence,
    details,
  },
})

/** Every event that a webhook can be sent, with what is sent, by resource. */
export const eventExamples = (
  resources: readonly Resource[] = RESOURCES,
): { title: string; events: EventExample[] }[] =>
  resources
    .map((resource) => {
      const told = new Map([...toldOf(resource), ...ofAudit(resource), ...ofStream(resource)])
      return {
        title: resource.title,
        events: [...told].map(([type, one]) => ({ type, payload: payloadOf(type, one) })),
      }
    })
    .filter(({ events }) => events.length > 0)
