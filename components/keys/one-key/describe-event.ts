import type { WireKeyEvent } from '@/lib/queries/keys'

/** What an entry of a key's history says, in words. */

const ACTIONS: Record<string, string> = {
  'api_key.created': 'created the key',
  'api_key.updated': 'edited the key',
  'api_key.rotated': 'rotated the key',
  'api_key.revoked': 'revoked the key',
  'api_key.leak_noted': 'noted that the key leaked',
  'api_key.reactivated': 'reactivated the key',
  'api_key.expiring': 'tells that the key ends soon',
}

const FIELDS: Record<string, string> = {
  name: 'Name',
  description: 'Description',
  environment: 'Environment',
  scopes: 'Permissions',
  allowed_ips: 'IP allowlist',
  rate_limit: 'Requests per minute',
  expires_at: 'Expires',
  successor: 'Successor',
  retires_at: 'Grace ends',
  leaked: 'Leaked',
}

export const actionOf = ({ action }: WireKeyEvent): string => ACTIONS[action] ?? action

export const actorOf = ({ actor }: WireKeyEvent): string =>
  actor.kind === 'operator' ? `Operator (${actor.label})` : actor.label

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inWords).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

type Change = { field: string; before: string | null; after: string }

/** The fields that an edit changed, from what to what; of any other action, what it recorded. */
export function changesOf({ before, after }: WireKeyEvent): Change[] {
  return Object.entries(after ?? {}).flatMap(([name, value]) => {
    const change = {
      field: FIELDS[name] ?? name,
      before: before ? inWords(before[name]) : null,
      after: inWords(value),
    }
    return change.before === change.after ? [] : [change]
  })
}
