'use client'

import { useState } from 'react'
import { useFinish } from '@/components/change/use-finish'
import type { EditProps } from '@/components/keys/one-key/edit-section'
import { type UpdateKeyInput, updateKeyInput } from '@/lib/keys/contract'
import { fetchKey, keysOf, type UpdateKeyBody, updateKeyMutation, type WireKey } from '@/lib/queries/keys'
import { fieldErrors, RequestError } from '@/lib/queries/request-error'

type Field = keyof UpdateKeyInput
type Changes = Omit<UpdateKeyBody, 'seen'>

export type Conflict = { theirs: WireKey; mine: Changes; fields: Field[] }

const FIELDS = updateKeyInput.keyof().options

/** The fields that are about to change, as `key` has them. */
const seenOf = (key: WireKey, changes: Changes): Changes =>
  Object.fromEntries(FIELDS.flatMap((field) => (field in changes ? [[field, key[field]]] : [])))

const isChanged = (error: unknown): boolean => error instanceof RequestError && error.problem.code === 'key_changed'

/**
 * Saves changes of a key, and then leaves the editing. Where somebody has changed the same fields meanwhile, nothing is
 * saved: `conflict` has both versions, and saving again replaces the other one.
 */
export function useSaveKey({ org, item, onEdit }: Pick<EditProps, 'org' | 'item' | 'onEdit'>) {
  // The page goes on following the key; what the reader began with does not.
  const [opened] = useState(item)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const finish = useFinish()
  const base = conflict?.theirs ?? opened

  const save = async (mine: Changes) => {
    try {
      await updateKeyMutation(org, item.id, { ...mine, seen: seenOf(base, mine) })
    } catch (thrown) {
      if (!isChanged(thrown)) throw thrown
      const named = fieldErrors(thrown).map(({ path }) => path)
      setConflict({
        theirs: await fetchKey(org, item.id),
        mine,
        fields: FIELDS.filter((field) => named.includes(field)),
      })
      return
    }
    await finish(keysOf(org), 'Saved. It holds from the next request on.')
    onEdit(false)
  }
  return { save, conflict, base }
}
