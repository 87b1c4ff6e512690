'use client'

import type { ComponentProps } from 'react'
import type { AllowlistLine } from '@/components/keys/create/allowlist'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/input'

type Props = {
  label?: string
  hint?: string
  problems: readonly AllowlistLine[]
  message?: string
  input: ComponentProps<'textarea'>
}

/** Addresses, one to a line; each error names its line. */
export function AllowlistField({
  label = 'IP allowlist',
  hint = 'One address or CIDR range per line. Empty: any address.',
  problems,
  message,
  input,
}: Props) {
  const error =
    problems.length > 0 ? (
      <ul>
        {problems.map(({ line, problem }) => (
          <li key={line} className="break-words">
            Line {line}: {problem}
          </li>
        ))}
      </ul>
    ) : (
      message
    )
  return (
    <Field label={label} aside="Optional" hint={hint} error={error}>
      {(control) => (
        <Textarea
          {...input}
          {...control}
          rows={3}
          spellCheck={false}
          placeholder={'203.0.113.50\n198.51.100.0/24'}
          className="font-mono text-sm"
        />
      )}
    </Field>
  )
}
