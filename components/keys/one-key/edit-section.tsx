'use client'

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { ChangeNotes } from '@/components/change/change-notes'
import type { Change } from '@/components/change/use-change'
import { EditConflict } from '@/components/keys/one-key/edit-conflict'
import type { Conflict } from '@/components/keys/one-key/use-save-key'
import { Button } from '@/components/ui/button'
import { useUnsaved } from '@/components/ui/navigation'
import type { WireKey } from '@/lib/queries/keys'

export type EditProps = {
  org: string
  item: WireKey
  /** Why the person may not edit. */
  forbidden: string | undefined
  editing: boolean
  onEdit: (edit: boolean) => void
}

type Props = EditProps & { title: string; view: ReactNode; form: ReactNode }

/** A part of a key: shown, or edited in its place. */
export function EditSection({ title, forbidden, editing, onEdit, view, form }: Props) {
  const id = useId()
  const edit = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(editing)
  useEffect(() => {
    if (wasEditing.current && !editing) edit.current?.focus()
    wasEditing.current = editing
  }, [editing])
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 border-line border-b pb-6 last-of-type:border-b-0">
      <div className="flex items-center justify-between gap-3">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {!editing && (
          <Button ref={edit} size="small" reason={forbidden} onClick={() => onEdit(true)} aria-describedby={id}>
            Edit
          </Button>
        )}
      </div>
      {editing ? form : view}
    </section>
  )
}

type ButtonsProps = {
  change: Change
  conflict: Conflict | null
  unchanged: boolean
  label?: string
  onCancel: () => void
}

export function EditButtons({ change, conflict, unchanged, label = 'Save', onCancel }: ButtonsProps) {
  useUnsaved(() => !unchanged)
  return (
    <>
      {conflict && <EditConflict conflict={conflict} />}
      <ChangeNotes change={change} />
      <div className="flex gap-2">
        <Button
          type="submit"
          look="primary"
          disabled={change.pending}
          reason={unchanged ? 'Nothing has been changed.' : undefined}
        >
          {change.pending ? 'Saving…' : conflict ? 'Replace it with yours' : label}
        </Button>
        <Button onClick={onCancel}>{conflict ? 'Keep what is there' : 'Cancel'}</Button>
      </div>
    </>
  )
}
