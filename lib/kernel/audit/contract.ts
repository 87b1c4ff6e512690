import { z } from 'zod'
import { AUDIT_ACTIONS } from '@/lib/contracts/audited'
import { id, instant, text } from '@/lib/contracts/fields'
import { KEY_ENVIRONMENTS } from '@/lib/contracts/key-terms'
import { pageQuery, searchedPageOf, sortQuery } from '@/lib/contracts/page'

/** Browser-safe: how the audit is told, and what can be asked of it. */

const facts = z.record(z.string(), z.unknown())

const label = z.string()
const name = z.string().nullable()

/** One entry. `position` and `hash` are its seal, which is there a moment after the change. */
export const auditEntry = z
  .object({
    id: id(),
    organization_id: id().nullable().meta({ description: 'Null: the platform’s own.' }),
    at: instant(),
    actor: z.object({
      kind: z.string().meta({ description: '`member`, `person`, `platform_admin`, `key`, `operator` or `stranger`.' }),
      id: id().nullable(),
      label: label.meta({ description: 'The email, the prefix of the key, or the name, as it was then.' }),
      name: name.meta({ description: 'Of the person or the key, where it is known still.' }),
    }),
    action: z.string().meta({ example: 'api_key.created' }),
    target: z.object({ kind: z.string(), id: id().nullable(), label, name }),
    environment: z.enum(KEY_ENVIRONMENTS).nullable().meta({ description: 'Of a target that has one.' }),
    sequence: z.int().nullable().meta({ description: 'The version of the target with this change, where it has one.' }),
    before: facts.nullable().meta({ description: 'What of the target there was.' }),
    after: facts.nullable().meta({ description: 'What there is.' }),
    reason: z.string().nullable(),
    address: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string().nullable(),
    position: z.int().nullable().meta({ description: 'In the hash chain, from 1; null: not sealed yet.' }),
    hash: z.string().nullable().meta({ description: 'Of the chain up to this entry: SHA-256, in hex.' }),
  })
  .meta({ id: 'AuditEvent' })

export const auditPage = searchedPageOf(auditEntry)

/** A whole key, of whatever brand: what an address must not hold. */
const WHOLE_KEY = /^[a-z][a-z0-9]{1,9}_(live|test|svc)_[0-9A-Za-z]{36}$/

const SHA_256 = /^([0-9a-f]{64}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9_-]{43}=?)$/

const named = (most: number) => text(most).min(1).optional()

/** What narrows the log. All that are given hold. */
const auditFilters = z.strictObject({
  actor: named(254).meta({ description: 'Who: an email, the prefix of a key, or `cli`.' }),
  action: z.enum(AUDIT_ACTIONS).optional().meta({ description: 'What was done.' }),
  target: named(254).meta({ description: 'To what: its id, an email, the prefix of a key, or another label.' }),
  key: named(100)
    .refine((value) => value === undefined || !WHOLE_KEY.test(value), 'Send the prefix, never the key itself.')
    .meta({ description: 'The prefix of a key: what was done to it, and by it.' }),
  hashed_token: z
    .string()
    .regex(SHA_256, 'The SHA-256 of a whole key, in hex or base64.')
    .optional()
    .meta({ description: 'The SHA-256 of a whole key, in hex or base64; of a deleted key too.' }),
  after: instant().optional().meta({ description: 'At this instant or later.' }),
  before: instant().optional().meta({ description: 'Before this instant.' }),
})

export const listAuditQuery = z.strictObject({ ...auditFilters.shape, ...pageQuery, sort: sortQuery(['at'], '-at') })

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const

export const exportAuditQuery = auditFilters.extend({ format: z.enum(EXPORT_FORMATS).default('csv') })

export const historyQuery = z.strictObject({ ...pageQuery, sort: sortQuery(['at'], '-at') })

/** The end of a hash chain: kept elsewhere, it proves later that nothing before it was cut off. */
export const auditHead = z.object({
  entries: z.int().meta({ description: 'How many are sealed.' }),
  head: z.string().nullable().meta({ description: 'The hash of the last of them, in hex; null: there is none.' }),
})

export type AuditEntry = z.output<typeof auditEntry>
export type AuditLogPage = z.output<typeof auditPage>
export type AuditFilters = z.output<typeof auditFilters>
export type ListAuditQuery = z.output<typeof listAuditQuery>
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
export type HistoryQuery = z.output<typeof historyQuery>
export type AuditHead = z.output<typeof auditHead>
