import type { UseFormRegisterReturn } from 'react-hook-form'
import { AllowlistField } from '@/components/keys/create/allowlist-field'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

type Name = 'allowlist' | 'rate_limit'

type Props = {
  register: (name: Name) => UseFormRegisterReturn
  errors: Partial<Record<Name, { message?: string }>>
  /** What is written in the allowlist. */
  allowlist: string
  organizationLimit: number
}

/** From where, and how often a minute, a key may be used. */
export const LimitFields = ({ register, errors, allowlist, organizationLimit }: Props) => (
  <div className="grid items-start gap-4 sm:grid-cols-2">
    <AllowlistField input={register('allowlist')} value={allowlist} error={errors.allowlist?.message} />
    <Field
      label="Requests per minute"
      aside="Optional"
      hint={`Lowers your organisation's limit of ${organizationLimit.toLocaleString('en-GB')}.`}
      error={errors.rate_limit?.message}
    >
      {(control) => <Input {...control} {...register('rate_limit')} inputMode="numeric" autoComplete="off" />}
    </Field>
  </div>
)
