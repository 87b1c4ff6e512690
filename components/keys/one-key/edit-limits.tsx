'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, useWatch } from 'react-hook-form'
import { sendBy, useFormChange } from '@/components/change/use-change'
import { parseAllowlist } from '@/components/keys/create/allowlist'
import { createFormFields } from '@/components/keys/create/create-form-values'
import { LimitFields } from '@/components/keys/create/limit-fields'
import { EditButtons, type EditProps, EditSection } from '@/components/keys/one-key/edit-section'
import { useSaveKey } from '@/components/keys/one-key/use-save-key'
import { Facts } from '@/components/ui/facts'

type Props = EditProps & { organizationLimit: number }

const values = createFormFields.pick({ allowlist: true, rate_limit: true })

/** From where, and how often a minute, the key may be used. */
export const EditLimits = (props: Props) => (
  <EditSection {...props} title="Limits" view={<LimitsView {...props} />} form={<LimitsForm {...props} />} />
)

const LimitsView = ({ item, organizationLimit }: Props) => (
  <Facts
    look="columns"
    facts={[
      { name: 'IP allowlist', value: <Allowlist addresses={item.allowed_ips} /> },
      {
        name: 'Requests per minute',
        value: (
          <>
            {Math.min(item.rate_limit ?? organizationLimit, organizationLimit).toLocaleString('en-GB')}
            <span className="block text-muted">
              {item.rate_limit === null || item.rate_limit >= organizationLimit
                ? "Your organisation's limit."
                : `Lowered from your organisation's ${organizationLimit.toLocaleString('en-GB')}.`}
            </span>
          </>
        ),
      },
    ]}
  />
)

const Allowlist = ({ addresses }: { addresses: readonly string[] }) =>
  addresses.length === 0 ? (
    <span className="text-muted">Any address</span>
  ) : (
    <ul>
      {addresses.map((address) => (
        <li key={address}>
          <code className="break-all font-mono text-sm">{address}</code>
        </li>
      ))}
    </ul>
  )

function LimitsForm({ organizationLimit, ...props }: Props) {
  const { item, onEdit } = props
  const form = useForm({
    resolver: zodResolver(values),
    defaultValues: { allowlist: item.allowed_ips.join('\n'), rate_limit: item.rate_limit?.toString() ?? '' },
  })
  const { errors, isDirty, dirtyFields } = form.formState
  const allowlist = useWatch({ control: form.control, name: 'allowlist' })
  const { save, conflict } = useSaveKey(props)
  const change = useFormChange(form, (checked) =>
    save({
      ...(dirtyFields.allowlist && { allowed_ips: parseAllowlist(checked.allowlist).addresses }),
      ...(dirtyFields.rate_limit && { rate_limit: checked.rate_limit === '' ? null : Number(checked.rate_limit) }),
    }),
  )
  return (
    <form noValidate onSubmit={sendBy(change)} className="flex flex-col gap-4">
      <LimitFields
        register={form.register}
        errors={errors}
        allowlist={allowlist}
        organizationLimit={organizationLimit}
      />
      <EditButtons {...{ change, conflict }} unchanged={!isDirty} onCancel={() => onEdit(false)} />
    </form>
  )
}
