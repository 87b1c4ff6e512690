'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { ChangeNotes } from '@/components/change/change-notes'
import { sendBy, useFormChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { allowlistText, parseAllowlist } from '@/components/keys/create/allowlist'
import { AllowlistField } from '@/components/keys/create/allowlist-field'
import { lifetimeInWords } from '@/components/policy/policy-words'
import { Button } from '@/components/ui/button'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useUnsaved } from '@/components/ui/navigation'
import { policyInput } from '@/lib/keys/policy/contract'
import { policyOf, updatePolicyMutation, type WirePolicy } from '@/lib/queries/policy'

const { keys_must_expire, longest_lifetime_hours } = policyInput.shape

const values = z.object({
  keys_must_expire,
  hours: z
    .string()
    .trim()
    .refine(
      (text) => text === '' || longest_lifetime_hours.safeParse(Number(text)).success,
      'Whole hours, from 1 to 8760 (1 year).',
    ),
  ranges: allowlistText,
})

type Props = { org: string; policy: WirePolicy; forbidden: string | undefined }

/** The rules, as a form. What is saved holds for the next key. */
export function PolicyForm({ org, policy, forbidden }: Props) {
  const form = useForm({
    resolver: zodResolver(values),
    defaultValues: {
      keys_must_expire: policy.keys_must_expire,
      hours: policy.longest_lifetime_hours?.toString() ?? '',
      ranges: policy.allowed_ranges.join('\n'),
    },
  })
  const { errors, isDirty } = form.formState
  useUnsaved(() => isDirty)
  const [hours, ranges] = useWatch({ control: form.control, name: ['hours', 'ranges'] })
  const finish = useFinish()
  const change = useFormChange(form, async (checked) => {
    await updatePolicyMutation(org, {
      keys_must_expire: checked.keys_must_expire,
      longest_lifetime_hours: checked.hours === '' ? null : Number(checked.hours),
      allowed_ranges: parseAllowlist(checked.ranges).addresses,
    })
    await finish(policyOf(org), 'Saved. It holds for the next key.')
  })
  const whole = longest_lifetime_hours.safeParse(Number(hours)).data
  return (
    <form noValidate onSubmit={sendBy(change)} className="flex flex-col gap-5">
      <Controller
        control={form.control}
        name="keys_must_expire"
        render={({ field }) => (
          <LabelledCheckbox
            labelClass="items-center self-start"
            text="Keys must expire"
            checked={field.value}
            reason={forbidden}
            onCheckedChange={field.onChange}
          />
        )}
      />
      <Field
        label="Longest lifetime, in hours"
        aside="Optional"
        hint={hours.trim() !== '' && whole ? `${lifetimeInWords(whole)}.` : 'Empty: one year.'}
        error={errors.hours?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('hours')}
            readOnly={forbidden !== undefined}
            inputMode="numeric"
            autoComplete="off"
            className="sm:max-w-40"
          />
        )}
      </Field>
      <AllowlistField
        label="Allowed address ranges"
        hint="One address or CIDR range per line; the allowlist of each new key must lie within them. Empty: any address."
        input={{ ...form.register('ranges'), readOnly: forbidden !== undefined }}
        value={ranges}
        error={errors.ranges?.message}
      />
      <ChangeNotes change={change} />
      <div>
        <Button
          type="submit"
          look="primary"
          disabled={change.pending}
          reason={forbidden ?? (isDirty ? undefined : 'Nothing has been changed.')}
        >
          {change.pending ? 'Saving…' : 'Save policy'}
        </Button>
      </div>
    </form>
  )
}
