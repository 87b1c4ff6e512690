'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useIsDirty } from '@/components/hooks/use-is-dirty'
import { parseAllowlist } from '@/components/keys/create/allowlist'
import { AllowlistField } from '@/components/keys/create/allowlist-field'
import {
  type CreateFormValues,
  createFormValues,
  emptyForm,
  formField,
  toCreateBody,
} from '@/components/keys/create/create-form-values'
import { longestHours } from '@/components/keys/create/expiry'
import { ExpiryPicker } from '@/components/keys/create/expiry-picker'
import { KeySentence } from '@/components/keys/create/key-sentence'
import { countOf } from '@/components/keys/describe-calls'
import { useMakeOnce } from '@/components/keys/reveal/use-make-once'
import { DroppedScopes } from '@/components/keys/scopes/dropped-scopes'
import type { LinkedScopes } from '@/components/keys/scopes/linked-scopes'
import { ScopePicker } from '@/components/keys/scopes/scope-picker'
import { PolicyHint } from '@/components/policy/policy-hint'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { READ_ONLY_ADMIN_LIFETIME_HOURS } from '@/lib/keys/contract'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { browserClient } from '@/lib/queries/client'
import { type CreateKeyBody, createKeyMutation, type WireKeyShownOnce } from '@/lib/queries/keys'
import type { WireOrganization } from '@/lib/queries/organization'
import { policyQuery } from '@/lib/queries/policy'
import { fieldErrors } from '@/lib/queries/request-error'

const ENVIRONMENTS = [
  { value: 'live', label: 'Live' },
  { value: 'test', label: 'Test (sandbox)' },
] as const

const BEYOND_ROLE = 'Read-Only Admins can grant reading scopes only.'

/** What the dialog around the form asks when it is to be closed. */
export type CreateKeyFormHandle = {
  isDirty: () => boolean
  isSending: () => boolean
  /** Whether a key may have been made of which no answer told. */
  isUnanswered: () => boolean
}

type Props = {
  ref: Ref<CreateKeyFormHandle>
  organization: WireOrganization
  /** What the link that opened the form asks for. */
  link: LinkedScopes
  /** Sends the request, and shows the key that comes of it. */
  make: (request: () => Promise<WireKeyShownOnce>) => Promise<void>
  onCancel: () => void
}

export function CreateKeyForm({ ref, organization, link, make, onCancel }: Props) {
  const { data: policy = NO_POLICY } = useQuery(policyQuery(browserClient, organization.organization.slug))
  const isReader = organization.membership.role === 'read_only_admin'
  const form = useForm({
    resolver: zodResolver(createFormValues(policy, !isReader)),
    defaultValues: { ...emptyForm(policy), scopes: link.ticked },
  })
  const [failure, setFailure] = useState<unknown>(null)
  // State would come a render too late for the second half of a double click.
  const sending = useRef(false)
  const proof = useProof(() => void submit())
  const { errors, isSubmitting } = form.formState
  const isDirty = useIsDirty(form)
  const org = organization.organization.slug
  const creation = useMakeOnce((body: CreateKeyBody, once) => createKeyMutation(org, body, once))
  const { isUnanswered } = creation
  useImperativeHandle(ref, () => ({ isDirty, isSending: () => sending.current, isUnanswered }), [isDirty, isUnanswered])
  const values = useWatch({ control: form.control })
  const fixedHours = isReader ? Math.min(READ_ONLY_ADMIN_LIFETIME_HOURS, longestHours(policy)) : null
  const shownValues: CreateFormValues = {
    ...emptyForm(policy),
    ...form.getValues(),
    ...values,
    expiry: form.getValues('expiry'),
  }

  const fail = (error: unknown) => {
    const wrong = fieldErrors(error).map(({ path, message }) => ({ field: formField(path), message }))
    for (const { field, message } of wrong) if (field) form.setError(field, { message })
    // What no field shows is shown below the form.
    setFailure(wrong.length > 0 && wrong.every(({ field }) => field !== null) ? null : error)
  }

  const submit = form.handleSubmit(async (checked) => {
    if (sending.current) return
    sending.current = true
    setFailure(null)
    try {
      await proof.run(() => make(() => creation.make(toCreateBody(checked))))
    } catch (error) {
      fail(error)
    } finally {
      sending.current = false
    }
  })

  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <DroppedScopes dropped={link.dropped} beyondRole={BEYOND_ROLE} />
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
        <PolicyHint org={org} />
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
              <ExpiryPicker
                value={field.value}
                rule={policy}
                onChange={field.onChange}
                error={errors.expiry?.message}
              />
            )}
          />
        )}
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <AllowlistField
            input={form.register('allowlist')}
            problems={errors.allowlist ? parseAllowlist(shownValues.allowlist).problems : []}
            message={errors.allowlist?.message}
          />
          <Field
            label="Requests per minute"
            aside="Optional"
            hint={`Lowers your organisation's limit of ${organization.organization.rate_limit.toLocaleString('en-GB')}.`}
            error={errors.rate_limit?.message}
          >
            {(control) => (
              <Input {...control} {...form.register('rate_limit')} inputMode="numeric" autoComplete="off" />
            )}
          </Field>
        </div>
        <ProofField proof={proof} />
        {failure !== null && <Failure error={failure} />}
      </DialogBody>
      <DialogFooter>
        <KeySentence values={shownValues} fixedHours={fixedHours} />
        <Button disabled={isSubmitting} onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={isSubmitting}>
          {isSubmitting ? 'Creating…' : 'Create key'}
        </Button>
      </DialogFooter>
    </form>
  )
}
