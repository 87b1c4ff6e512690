import { AUDIT_ACTIONS, AUDITED, auditEvent } from '@/lib/contracts/audited'
import type { AnyRows } from '@/lib/contracts/rows/define'
import type { Resource } from '@/lib/contracts/rows/resource'
import { RESOURCES } from '@/lib/resources/register'

const ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'
const EVENT_ID = '0198c5a2-8c2f-7d5e-8e4b-3c2d1a0b9f8e'
const KEY_ID = '0198c5a1-1a2b-7c3d-9e4f-5a6b7c8d9e0f'
const INSTANT = '2027-01-31T09:00:00.000Z'
const KEY_PREFIX = 'lk_live_7Qd2xK'

/** What one event says beside its type, time and actor. */
type Told = { kind: string; contact_id: string | null; sequence: number | null; details: Record<string, unknown> }

const exampleOfField = ({ fields }: AnyRows, column: string): unknown => {
  const field = fields[column]
  const known = field?.create?.meta()?.example
  return known ?? (column === 'id' || column.endsWith('_id') ? ID : 'text')
}

/** The events of rows: what their activities repeat, and what a change and a move add. */
function ofRows(rows: AnyRows): [string, Told][] {
  const { activities, states, fields } = rows
  if (!activities) return []
  const { subject, subject_id = 'id', contact, create, change, remove, facts = {} } = activities
  const repeated = Object.fromEntries(
    Object.entries(facts).map(([fact, column]) => [fact, exampleOfField(rows, column)]),
  )
  const [changed] = Object.entries(fields).flatMap(([name, { patch }]) => (patch ? [name] : []))
  const told = (sequence: number, details = {}): Told => ({
    kind: subject,
    contact_id: contact ? ID : null,
    sequence: subject_id === 'id' ? sequence : null,
    details: { ...details, ...repeated },
  })
  return [
    ...(create ? [[create, told(1)] as [string, Told]] : []),
    ...(change ? [[change, told(2, { fields: changed ? [changed] : [] })] as [string, Told]] : []),
    ...Object.values(states?.moves ?? {}).map(({ activity, data }): [string, Told] => [activity, told(2, data)]),
    ...(remove ? [[remove, told(3)] as [string, Told]] : []),
  ]
}

/** The events that verbs write themselves, as the contract says what they tell. */
const ofVerbs = ({ activities = [] }: Resource): [string, Told][] =>
  activities.map((one) => {
    const { type, details } = typeof one === 'string' ? { type: one, details: {} } : one
    const [kind = ''] = type.split('.')
    return [type, { kind, contact_id: kind === 'contact' ? ID : null, sequence: null, details }]
  })

/** The events of what is audited. */
const ofAudit = ({ audited = [] }: Resource): [string, Told][] =>
  audited.map((type) => {
    const [kind = ''] = type.split('.')
    const details = { label: KEY_PREFIX, before: null, after: { name: 'crm-sync-production' }, reason: null }
    return [type, { kind, contact_id: null, sequence: 2, details }]
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
    return [auditEvent(action), { kind: target, contact_id: null, sequence: null, details }]
  })

export type EventExample = { type: string; payload: unknown }

const payloadOf = (type: string, { kind, contact_id, sequence, details }: Told) => ({
  type,
  timestamp: INSTANT,
  data: {
    id: EVENT_ID,
    environment: 'live',
    actor: { kind: 'key', id: KEY_ID, label: KEY_PREFIX },
    subject: { kind, id: ID },
    contact_id,
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
      const told = new Map([
        ...(resource.rows ?? []).flatMap(ofRows),
        ...ofVerbs(resource),
        ...ofAudit(resource),
        ...ofStream(resource),
      ])
      return {
        title: resource.title,
        events: [...told].map(([type, one]) => ({ type, payload: payloadOf(type, one) })),
      }
    })
    .filter(({ events }) => events.length > 0)
