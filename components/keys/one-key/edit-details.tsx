'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { EditButtons, type EditProps, EditSection } from '@/components/keys/one-key/edit-section'
import { useSaveKey } from '@/components/keys/one-key/use-save-key'
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
      <dl className="grid gap-4 sm:grid-cols-2">
        <div className="min-w-0">
          <dt className="text-muted text-sm">Name</dt>
          <dd className="break-words">{props.item.name}</dd>
        </div>
        <div className="min-w-0">
          <dt className="text-muted text-sm">Description</dt>
          <dd className="break-words">{props.item.description ?? <span className="text-muted">None</span>}</dd>
        </div>
      </dl>
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
  const { save, ...saving } = useSaveKey(props, () => void submit())
  // Only what was changed is sent, so that two people can edit two fields.
  const submit = form.handleSubmit((checked) =>
    save({
      ...(dirtyFields.name && { name: checked.name }),
      ...(dirtyFields.description && { description: checked.description.trim() || null }),
    }),
  )
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
        </Field>
        <Field label="Description" aside="Optional" error={errors.description?.message}>
          {(control) => <Input {...control} {...form.register('description')} autoComplete="off" />}
        </Field>
      </div>
      <EditButtons saving={saving} unchanged={!isDirty} onCancel={() => onEdit(false)} />
    </form>
  )
}
