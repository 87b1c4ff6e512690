import { z } from 'zod'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { firstOf, type Span, within } from '@/lib/kernel/db/span'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { NoticeKind } from '@/lib/people/notices/contract'
import type { News } from '@/lib/people/notices/tell'
import { inUtc } from '@/lib/people/notices/words'

/** What is audited and told of. */
const KINDS: Record<string, NoticeKind> = {
  'api_key.created': 'key_created',
  'api_key.rotated': 'key_rotated',
  'api_key.revoked': 'key_revoked',
  'api_key.reactivated': 'key_reactivated',
  'webhook.disabled': 'webhook_disabled',
}

type Place = Span & { foreign: boolean }

/** Over all processes one reads at a time, and is alone with all other news until its transaction ends. */
async function lockPlace(db: Transaction): Promise<Place> {
  await db.$queryRaw`SELECT FROM notice_relay FOR UPDATE`
  // A statement that waited for another reader knows no transaction since; this one does.
  const [place] = await db.$queryRaw<Place[]>`
    SELECT read_to::text AS from, greatest(read_to, pg_snapshot_xmin(pg_current_snapshot()))::text AS to,
      read_to > pg_snapshot_xmax(pg_current_snapshot()) AS foreign
    FROM notice_relay`
  if (!place) throw new Error('The place of the notices is missing.')
  return place
}

const facts = z.object({
  leaked: z.boolean().catch(false),
  successor: z.string().nullable().catch(null),
  retires_at: z.coerce.date().nullable().catch(null),
  disabled_reason: z.string().nullable().catch(null),
})

type Entry = {
  organization_id: string
  action: string
  actor_kind: string
  actor_label: string
  target_id: string
  target_label: string
  environment: 'live' | 'test' | null
  reason: string | null
  after: unknown
  name: string | null
  maker: string | null
  url: string | null
}

/**
 * The changes of keys and webhooks that have been committed since the last time, each once, whoever made them and by
 * whichever way: they stand in the audit. In the order of transactions, up to the oldest that is under way: whatever has a
 * lower number has ended. Of a rotation by a version before the successor's creation, which has an entry there, is no news of its own, and a playground key is none.
 * @returns them, or the first of many, and whether there are more
 */
export async function takeChanges(db: Transaction): Promise<{ news: News[]; more: boolean }> {
  const place = await lockPlace(db)
  if (place.foreign) {
    // The database was restored into another server, which counts anew.
    await db.$executeRaw`UPDATE notice_relay SET read_to = pg_snapshot_xmin(pg_current_snapshot())`
    return { news: [], more: false }
  }
  const span = await firstOf(db, place, [Prisma.sql`audit_entries`])
  if (span.from === span.to) return { news: [], more: false }
  const entries = await entriesWhere(db, within(span))
  await db.$executeRaw`UPDATE notice_relay SET read_to = ${span.to}::xid8`
  return { news: entries.flatMap((entry) => newsOf(entry) ?? []), more: span.to !== place.to }
}

/**
 * Of these keys and webhooks, those with a change of this kind that has been committed and that `takeChanges` will tell of:
 * whatever is under way on the server, in another database too, holds it back. None is taken until the transaction ends.
 */
export async function untoldOf(db: Transaction, kind: NoticeKind, ids: string[]): Promise<Set<string>> {
  const { from } = await lockPlace(db)
  const entries = await entriesWhere(
    db,
    Prisma.sql`e.transaction_id >= ${from}::xid8 AND e.target_id = ANY (${ids}::uuid[])`,
  )
  const news = entries.flatMap((entry) => newsOf(entry) ?? [])
  return new Set(news.filter((one) => one.kind === kind).map(({ subject }) => subject.id))
}

const entriesWhere = (db: Transaction, where: Prisma.Sql) =>
  db.$queryRaw<Entry[]>`
    SELECT e.organization_id, e.action, e.actor_kind, e.actor_label, e.target_id, e.target_label, e.environment, e.reason,
      e.after, k.name, k.created_by AS maker, w.url
    FROM audit_entries e
    LEFT JOIN api_keys k ON k.id = e.target_id AND k.organization_id = e.organization_id
    LEFT JOIN webhooks w ON w.id = e.target_id AND w.organization_id = e.organization_id
    WHERE ${where}
      AND e.action = ANY (${Object.keys(KINDS)}::text[]) AND e.organization_id IS NOT NULL AND e.target_id IS NOT NULL
      AND k.playground IS NOT TRUE
      AND NOT (e.action = 'api_key.created' AND EXISTS (SELECT FROM api_keys p WHERE p.successor_id = e.target_id))
    ORDER BY e.transaction_id, e.id`

function newsOf({ organization_id, action, target_id: id, ...entry }: Entry): News | null {
  const after = facts.parse(entry.after ?? {})
  const kind = after.leaked ? 'key_leaked' : KINDS[action]
  if (!kind) return null
  const { environment, maker } = entry
  const by = entry.actor_kind === 'stranger' ? null : entry.actor_label
  const told = { organization_id, maker, kind, facts: { by, until: null } }
  if (kind === 'webhook_disabled') {
    const name = entry.url === null ? entry.target_label : new URL(entry.url).host
    const note = whyDisabled(after.disabled_reason)
    // Who disables one by hand knows it, and the page tells the others.
    if (note === null) return null
    return { ...told, facts: { by: null, until: null }, subject: { id, name, key_prefix: null, environment, note } }
  }
  const note = noteOf(kind, after, entry.reason)
  const subject = { id, name: entry.name ?? entry.target_label, key_prefix: entry.target_label, environment, note }
  return { ...told, subject }
}

const DISABLED: Record<string, string> = {
  gone: 'its receiver answered 410, which asks for that',
  failing: 'nothing has arrived there for five days',
}

/** Why a webhook was disabled by itself; null: it was not. */
export const whyDisabled = (reason: string | null): string | null => DISABLED[reason ?? ''] ?? null

function noteOf(kind: NoticeKind, { successor, retires_at }: z.output<typeof facts>, reason: string | null) {
  if (kind === 'key_rotated' && successor !== null) {
    const until = retires_at === null ? '' : `, and this one works until ${inUtc(retires_at)}`
    return `its successor is ${successor}${until}`
  }
  // Of a leak the reason may be a stranger's words, which have no place in what we send.
  return kind === 'key_revoked' && reason ? `“${reason}”` : null
}
