'use client'

import { Controller, type UseFormReturn, useWatch } from 'react-hook-form'
import type { CheckedCreateForm, CreateFormValues } from '@/components/keys/create/create-form-values'
import { ExpiryPicker } from '@/components/keys/create/expiry-picker'
import { LimitFields } from '@/components/keys/create/limit-fields'
import { countOf } from '@/components/keys/describe-calls'
import { DroppedScopes } from '@/components/keys/scopes/dropped-scopes'
import type { LinkedScopes } from '@/components/keys/scopes/linked-scopes'
import { ScopePicker } from '@/components/keys/scopes/scope-picker'
import { PolicyHint } from '@/components/policy/policy-hint'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { WireOrganization } from '@/lib/queries/organization'
import type { WirePolicy } from '@/lib/queries/policy'

const ENVIRONMENTS = [
  { value: 'live', label: 'Live' },
  { value: 'test', label: 'Test (sandbox)' },
] as const

const BEYOND_ROLE = 'Read-Only Admins can grant reading scopes only.'

type Props = {
  form: UseFormReturn<CreateFormValues, unknown, CheckedCreateForm>
  organization: WireOrganization
  policy: WirePolicy
  /** How long the key lives, where that is not for its maker to choose. */
  fixedHours: number | null
  /** What the link that opened the form asks for in vain. */
  dropped: LinkedScopes['dropped']
}

/** What is said of a new key before it is made. */
export function CreateKeyFields({ form, organization, policy, fixedHours, dropped }: Props) {
  const { slug, rate_limit: limit } = organization.organization
  const { errors } = form.formState
  const allowlist = useWatch({ control: form.control, name: 'allowlist' })
  return (
    <>
      <DroppedScopes dropped={dropped} beyondRole={BEYOND_ROLE} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={errors.name?.message} hint="For example: Zapier, leads sync">
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
        </Field>
        <Field label="Description" aside="Optional" error={errors.description?.message}>
          {(control) => <Input {...control} {...form.register('description')} autoComplete="off" />}
        </Field>
      </div>
      <Controller
        control={form.control}
        name="environment"
        render={({ field }) => (
          <Choice
            label="Environment"
            hint="A test key sees and writes sandbox data only. It cannot be changed later."
            value={field.value}
            options={ENVIRONMENTS}
            onChange={field.onChange}
          />
        )}
      />
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => (
          <ScopePicker
            chosen={field.value}
            grantable={organization.grantable_scopes}
            beyondRole={BEYOND_ROLE}
            onChange={field.onChange}
            error={errors.scopes?.message}
          />
        )}
      />
      <PolicyHint org={slug} />
      {fixedHours ? (
        <p>
          <span className="block font-medium">Expiry</span>
          {countOf(fixedHours, 'hour')}. Keys made by a Read-Only Admin always live this long.
        </p>
      ) : (
        <Controller
          control={form.control}
          name="expiry"
          render={({ field }) => (
            <ExpiryPicker value={field.value} rule={policy} onChange={field.onChange} error={errors.expiry?.message} />
          )}
        />
      )}
      <LimitFields register={form.register} errors={errors} allowlist={allowlist} organizationLimit={limit} />
    </>
  )
}
