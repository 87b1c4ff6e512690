'use client'

import { FieldInput } from '@/components/playground/request/field-input'
import { readMember, withMember } from '@/components/playground/request/json-members'
import type { JsonProblem } from '@/components/playground/request/json-problem'
import { Notice } from '@/components/ui/notice'
import type { PlaygroundField } from '@/lib/http/api/openapi/playground-form'

type Props = {
  fields: PlaygroundField[]
  text: string
  problem: JsonProblem | null
  onChange: (text: string) => void
}

/** The members of the body that are one value each. Lists and objects stay in the JSON, untouched. */
export function BodyForm({ fields, text, problem, onChange }: Props) {
  if (problem) {
    return (
      <Notice>
        <p>
          The JSON has a mistake in line {problem.line}. Mend it there first: the form would lose what you have typed.
        </p>
      </Notice>
    )
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          text={readMember(text, field.name)}
          onChange={(entered) => onChange(withMember(text, field, entered))}
        />
      ))}
    </div>
  )
}
