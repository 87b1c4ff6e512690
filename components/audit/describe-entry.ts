import { visible } from '@/lib/contracts/visible'
import type { WireAuditEntry } from '@/lib/queries/audit'

/** What an entry of the audit log says, in words. */

/** What would read oddly in the words of the register. */
const ACTIONS: Record<string, string> = {
  'api_key.leak_noted': 'Leak noted',
  'api_key.expiring': 'API key expires soon',
  'organization.changed': 'Organisation changed',
  'organization.created': 'Organisation created',
  'platform_admin.set_up': 'First platform admin set up',
  'platform_admin.taken': 'Platform admin taken away',
  'session.signed_in': 'Signed in',
  'session.sign_in_failed': 'Sign-in failed',
  'session.sign_in_locked': 'Sign-in locked',
  'session.proved': 'Password asked again',
  'session.proof_locked': 'Proof locked',
  'session.replaced': 'Session replaced',
  'session.ended': 'Signed out',
  'session.others_ended': 'Other sessions ended',
  'user.password_changed': 'Password changed',
  'user.password_reset_issued': 'Password link made',
  'user.password_reset_mailed': 'Password link mailed',
  'user.password_reset': 'Password reset',
  'user.identity_linked': 'Single sign-on linked',
  'user.renamed': 'Name changed',
  'user.notices_chosen': 'Notices chosen',
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
  successor_id: 'Id of the successor',
  successor_expires_at: 'Successor expires',
  first_admin: 'First Admin',
  retires_at: 'Grace ends',
  leaked: 'Leaked',
  hashed_token: 'SHA-256',
  developer: 'Developer permission',
  developer_api: 'Developer API',
  url: 'URL',
}

const inSentence = (name: string): string => {
  const words = name.replaceAll('_', ' ').replace(/^api /, 'API ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `member.removed`: Member removed. */
export const actionInWords = (action: string): string => ACTIONS[action] ?? inSentence(action.replace('.', ' '))

type Named = { label: string; name?: string | null }

/** A person or a key by name, with what tells it apart. */
export const nameOf = ({ label, name }: Named): string => visible(name && name !== label ? `${name} (${label})` : label)

/** Who acted. The command line and the product itself have no other name than theirs. */
export function actorOf({ actor }: Pick<WireAuditEntry, 'actor'>): string {
  if (actor.kind === 'operator') return actor.label === 'cli' ? 'Command line' : `Latchkey (${visible(actor.label)})`
  if (actor.kind === 'stranger') return 'Nobody signed in'
  return actor.kind === 'key' ? `API key ${nameOf(actor)}` : nameOf(actor)
}

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inWords).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return visible(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

type Change = { field: string; before: string | null; after: string | null }

/** The facts that a change altered, from what to what; of any other action, what it recorded. Null: not recorded. */
export function changesOf({ before, after }: Pick<WireAuditEntry, 'before' | 'after'>): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names].flatMap((name) => {
    const change = {
      field: FIELDS[name] ?? inSentence(name),
      before: before ? inWords(before[name]) : null,
      after: after ? inWords(after[name]) : null,
    }
    return change.before === change.after ? [] : [change]
  })
}
