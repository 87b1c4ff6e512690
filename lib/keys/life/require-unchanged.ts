import { isDeepStrictEqual } from 'node:util'
import { DomainError } from '@/lib/base/errors'
import { type UpdateKeyInput, updateKeyInput } from '@/lib/keys/contract'
import type { KeyRow } from '@/lib/keys/rows'

const inAnyOrder = (value: unknown) => (Array.isArray(value) ? value.toSorted() : value)

/**
 * Two people who edit one field never undo each other unseen; of two fields, both edits are made.
 * @param seen fields as they were when the editing began
 * @throws DomainError key_changed, naming the fields that are different now
 */
export function requireUnchanged(key: KeyRow, seen: UpdateKeyInput): void {
  const changed = updateKeyInput
    .keyof()
    .options.filter(
      (field) => seen[field] !== undefined && !isDeepStrictEqual(inAnyOrder(seen[field]), inAnyOrder(key[field])),
    )
  if (changed.length === 0) return
  const errors = changed.map((path) => ({ path, message: 'Somebody has changed it meanwhile.' }))
  throw new DomainError('key_changed', `Somebody has changed this key meanwhile: ${changed.join(', ')}.`, { errors })
}
