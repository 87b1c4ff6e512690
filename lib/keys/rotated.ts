import { DomainError } from '@/lib/base/errors'
import type { Database } from '@/lib/kernel/db/transaction'

/** What is told of the key to use in a rotated one's place. */
export type Successor = { name: string; key_prefix: string }

/** @param successor null: it was deleted */
export function rotatedKey(key_prefix: string, successor: Successor | null): DomainError {
  const instead = successor
    ? `Use its successor, “${successor.name}” (${successor.key_prefix}).`
    : 'Its successor was deleted. Use another key.'
  const detail = `Key ${key_prefix} was rotated and its grace is over. ${instead}`
  return new DomainError('rotated_key', detail, { key_prefix })
}

export type Rotated = { organization_id: string; successor_id: string | null }

/** The last of the keys that followed a rotated one; null: it was deleted. */
export async function findSuccessor(
  db: Database,
  { organization_id, successor_id }: Rotated,
): Promise<Successor | null> {
  const rows = await db.$queryRaw<Successor[]>`
    WITH RECURSIVE followed AS (
      SELECT name, key_prefix, successor_id FROM api_keys
      WHERE id = ${successor_id}::uuid AND organization_id = ${organization_id}::uuid
      UNION ALL
      SELECT k.name, k.key_prefix, k.successor_id FROM followed JOIN api_keys k ON k.id = followed.successor_id
    )
    SELECT name, key_prefix FROM followed WHERE successor_id IS NULL`
  return rows[0] ?? null
}
