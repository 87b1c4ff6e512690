'use client'

import type { RefObject } from 'react'
import { BodyEditor, type BodyView } from '@/components/playground/request/body-editor'
import { FieldInput } from '@/components/playground/request/field-input'
import { FileInput } from '@/components/playground/request/file-input'
import type { Entries } from '@/components/playground/request/request'
import type { PlaygroundField, PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'

type Props = {
  operation: PlaygroundOperation
  entries: Entries
  onChange: (entries: Entries) => void
  /** What the reader has tried to send without. */
  missing: readonly string[]
  onSend: () => void
  view: BodyView
  onView: (view: BodyView) => void
  editor: RefObject<HTMLTextAreaElement | null>
}

/** What goes into a request: the parameters of path and query, and the body. */
export function RequestForm({ operation, entries, onChange, missing, onSend, view, onView, editor }: Props) {
  const { params, query, body, upload } = operation
  return (
    <>
      {params.length > 0 && (
        <Fields
          title="Path"
          fields={params}
          texts={entries.params}
          missing={missing}
          onChange={(texts) => onChange({ ...entries, params: texts })}
        />
      )}
      {query.length > 0 && (
        <Fields
          title="Query"
          fields={query}
          texts={entries.query}
          onChange={(texts) => onChange({ ...entries, query: texts })}
        />
      )}
      {body && (
        <BodyEditor
          {...{ onSend, view, onView, editor }}
          fields={body.fields}
          text={entries.body}
          onChange={(text) => onChange({ ...entries, body: text })}
        />
      )}
      {upload && (
        <FileInput
          type={upload.type}
          error={missing.includes('file') && !entries.file ? 'The request is this file.' : undefined}
          onChange={(file) => onChange({ ...entries, file })}
        />
      )}
    </>
  )
}

type FieldsProps = {
  title: string
  fields: PlaygroundField[]
  texts: Record<string, string>
  missing?: readonly string[]
  onChange: (texts: Record<string, string>) => void
}

function Fields({ title, fields, texts, missing = [], onChange }: FieldsProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">{title}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            text={texts[field.name] ?? ''}
            error={missing.includes(field.name) && !texts[field.name]?.trim() ? 'The path needs it.' : undefined}
            onChange={(text) => onChange({ ...texts, [field.name]: text })}
          />
        ))}
      </div>
    </fieldset>
  )
}
