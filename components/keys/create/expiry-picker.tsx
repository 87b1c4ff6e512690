'use client'

import {
  EXPIRY_LABELS,
  type Expiry,
  type ExpiryRule,
  expiryInstant,
  longestHours,
  offeredChoices,
} from '@/components/keys/create/expiry'
import { useNow } from '@/components/providers/now'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { exactTime } from '@/components/ui/instant'
import { HOUR_MS, MINUTE_MS } from '@/lib/base/time'

type Props = { value: Expiry; rule: ExpiryRule; onChange: (value: Expiry) => void; error?: string }

/** `datetime-local` speaks the reader's own zone, without naming it. */
function inputValue(instant: number): string {
  const date = new Date(instant)
  return new Date(instant - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

/** How long a key lives, as far as the policy allows; below it the instant, in the reader's zone and in UTC. */
export function ExpiryPicker({ value, rule, onChange, error }: Props) {
  const now = useNow()
  const instant = expiryInstant(value, now)
  const exact = typeof instant !== 'number' ? undefined : `${exactTime(instant)}.`
  const fixed = 'It cannot be changed later.'
  return (
    <div className="flex flex-col gap-2">
      <Choice
        label="Expiry"
        value={value.choice}
        options={offeredChoices(rule).map((choice) => ({ value: choice, label: EXPIRY_LABELS[choice] }))}
        onChange={(choice) => onChange({ ...value, choice })}
        hint={
          value.choice === 'never'
            ? `The key works until it is revoked. ${fixed}`
            : exact && `The key stops working on ${exact} ${fixed}`
        }
      />
      {value.choice !== 'custom' && error && (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
      {value.choice === 'custom' && (
        <Field label="Expires at, in your time zone" error={error}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={value.at}
              min={inputValue(now)}
              max={inputValue(now + longestHours(rule) * HOUR_MS)}
              onChange={(event) => onChange({ ...value, at: event.target.value })}
              className="sm:max-w-64"
            />
          )}
        </Field>
      )}
    </div>
  )
}
