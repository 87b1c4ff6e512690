import { Controller, type UseFormReturn } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { EventPicker } from '@/components/webhooks/change/event-picker'

export type WebhookForm = { url: string; description: string; events: string[] }

/** As the API takes it: what was left empty is nothing. */
export const writeForm = ({ url, description, events }: WebhookForm) => ({
  url,
  events,
  description: description.trim() === '' ? null : description,
})

const FIELDS = ['url', 'description', 'events'] as const

/** The field beside which a refusal of the server stands. */
export const webhookFieldOf = (path: string) => FIELDS.find((name) => name === path.split('.')[0]) ?? null

/** Where events go, and which. The server says what is wrong with them, field by field. */
export function WebhookFields({ form }: { form: UseFormReturn<WebhookForm> }) {
  const { errors } = form.formState
  return (
    <>
      <Field
        label="Address"
        hint="An https address on the Internet, where your receiver listens."
        error={errors.url?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register('url')}
            type="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://example.com/webhooks"
          />
        )}
      </Field>
      <Field label="Description" aside="optional" error={errors.description?.message}>
        {(control) => <Input {...control} {...form.register('description')} autoComplete="off" />}
      </Field>
      <Controller
        control={form.control}
        name="events"
        render={({ field }) => (
          <EventPicker value={field.value} onChange={field.onChange} error={errors.events?.message} />
        )}
      />
    </>
  )
}
