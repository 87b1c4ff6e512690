'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { sendBy, useFormChange } from '@/components/change/use-change'
import { EditButtons, type EditProps, EditSection } from '@/components/keys/one-key/edit-section'
import { useSaveKey } from '@/components/keys/one-key/use-save-key'
import { Facts } from '@/components/ui/facts'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { createKeyInput } from '@/lib/keys/contract'

const { name, description } = createKeyInput.shape
const values = z.object({
  name,
  description: z.string().refine((value) => description.safeParse(value).success, 'At most 500 characters.'),
})

/** Name and description. */
export const EditDetails = (props: EditProps) => (
  <EditSection
    {...props}
    title="Details"
    view={
      <Facts
        look="columns"
        facts={[
          { name: 'Name', value: props.item.name },
          { name: 'Description', value: props.item.description ?? <span className="text-muted">None</span> },
        ]}
      />
    }
    form={<DetailsForm {...props} />}
  />
)

function DetailsForm(props: EditProps) {
  const { item, onEdit } = props
  const form = useForm({
    resolver: zodResolver(values),
    defaultValues: { name: item.name, description: item.description ?? '' },
  })
  const { errors, isDirty, dirtyFields } = form.formState
  const { save, conflict } = useSaveKey(props)
  // Only what was changed is sent, so that two people can edit two fields.
  const change = useFormChange(form, (checked) =>
    save({
      ...(dirtyFields.name && { name: checked.name }),
      ...(dirtyFields.description && { description: checked.description.trim() || null }),
    }),
  )
  return (
    <form noValidate onSubmit={sendBy(change)} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
        </Field>
        <Field label="Description" aside="Optional" error={errors.description?.message}>
          {(control) => <Input {...control} {...form.register('description')} autoComplete="off" />}
        </Field>
      </div>
      <EditButtons {...{ change, conflict }} unchanged={!isDirty} onCancel={() => onEdit(false)} />
    </form>
  )
}
