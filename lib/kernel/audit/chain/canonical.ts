import { createHash } from 'node:crypto'
import { canonicalJson } from '@/lib/base/canonical-json'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Environment } from '@/lib/kernel/db/generated/enums'

/**
 * The bytes of an entry that the chain seals, defined here alone; the guide tells readers of them. They are the entry's
 * JSON as RFC 8785 writes it, in UTF-8: members sorted by name, no space, instants in UTC with milliseconds, absent facts as
 * null. A member that a later version adds is left out where it is null, so that what was sealed before stays as it is.
 */

/** What is read of an entry to seal or to verify it. */
export type SealedEntry = {
  id: string
  organization_id: string | null
  at: string
  actor_kind: string
  actor_id: string | null
  actor_label: string
  action: string
  target_kind: string
  target_id: string | null
  target_label: string
  environment: Environment | null
  sequence: number | null
  before: unknown
  after: unknown
  reason: string | null
  address: string | null
  user_agent: string | null
  request_id: string | null
}

/** ISO 8601 in UTC with milliseconds: as `Date` writes it, whatever the session's zone. */
const AT = Prisma.raw(`to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`)

/** The columns of `SealedEntry`, of `e`. */
export const SEALED_COLUMNS = Prisma.sql`e.id, e.organization_id, ${AT}, e.actor_kind, e.actor_id, e.actor_label, e.action,
  e.target_kind, e.target_id, e.target_label, e.environment, e.sequence, e.before, e.after, e.reason, e.address,
  e.user_agent, e.request_id`

const canonicalEntry = (entry: SealedEntry): string =>
  canonicalJson({
    id: entry.id,
    organization_id: entry.organization_id,
    at: entry.at,
    actor: { kind: entry.actor_kind, id: entry.actor_id, label: entry.actor_label },
    action: entry.action,
    target: { kind: entry.target_kind, id: entry.target_id, label: entry.target_label },
    environment: entry.environment,
    sequence: entry.sequence,
    before: entry.before,
    after: entry.after,
    reason: entry.reason,
    address: entry.address,
    user_agent: entry.user_agent,
    request_id: entry.request_id,
  })

/** What the first link of a chain stands on: 32 zero bytes. */
export const NO_HEAD: Uint8Array = Buffer.alloc(32)

/** The next link: SHA-256 of the one before, 32 bytes, and the bytes of the entry. */
export const nextHash = (head: Uint8Array, entry: SealedEntry): Buffer =>
  createHash('sha256').update(head).update(canonicalEntry(entry)).digest()

/** The chain of the entries that belong to no organisation. */
export const PLATFORM_CHAIN = '00000000-0000-0000-0000-000000000000'

export const chainOf = (organization_id: string | null): string => organization_id ?? PLATFORM_CHAIN
