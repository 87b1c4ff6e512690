'use client'

import type { ComponentProps } from 'react'
import { parseAllowlist } from '@/components/keys/create/allowlist'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/input'

type Props = {
  label?: string
  hint?: string
  /** What is written in it. */
  value: string
  /** What is wrong with it as a whole. */
  error: string | undefined
  input: ComponentProps<'textarea'>
}

/** Addresses, one to a line; once it is found wrong, each wrong line is named. */
export function AllowlistField({
  label = 'IP allowlist',
  hint = 'One address or CIDR range per line. Empty: any address.',
  value,
  error,
  input,
}: Props) {
  const problems = error === undefined ? [] : parseAllowlist(value).problems
  const told =
    problems.length > 0 ? (
      <ul>
        {problems.map(({ line, problem }) => (
          <li key={line} className="break-words">
            Line {line}: {problem}
          </li>
        ))}
      </ul>
    ) : (
      error
    )
  return (
    <Field label={label} aside="Optional" hint={hint} error={told}>
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
