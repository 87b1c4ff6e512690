'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'

type Props<Value extends string> = {
  label: ReactNode
  hint?: ReactNode
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** A choice of one out of a few that are all in sight. */
export function Choice<Value extends string>({ label, hint, value, options, onChange }: Props<Value>) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium">{label}</legend>
      <RadioGroup value={value} onValueChange={onChange} className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <Radio.Root
            key={option.value}
            value={option.value}
            className="flex h-8 cursor-pointer select-none items-center rounded-md border border-line px-2.5 transition-colors hover:bg-hover data-checked:border-accent data-checked:bg-accent-soft data-checked:text-accent"
          >
            {option.label}
          </Radio.Root>
        ))}
      </RadioGroup>
      {hint && <p className="text-muted text-sm">{hint}</p>}
    </fieldset>
  )
}
