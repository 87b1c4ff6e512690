import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { EventPicker } from '@/components/webhooks/change/event-picker'
import { fieldErrors } from '@/lib/queries/request-error'

export type WebhookForm = { url: string; description: string; events: readonly string[] }

/** As the API takes it: what was left empty is nothing. */
export const writeForm = ({ url, description, events }: WebhookForm) => ({
  url,
  events: [...events],
  description: description.trim() === '' ? null : description,
})

type Props = { value: WebhookForm; onChange: (value: WebhookForm) => void; error: unknown }

/** Where events go, and which. The server says what is wrong with them, field by field. */
export function WebhookFields({ value, onChange, error }: Props) {
  const wrong = (name: string) => fieldErrors(error).find(({ path }) => path.split('.')[0] === name)?.message
  return (
    <>
      <Field label="Address" hint="An https address on the Internet, where your receiver listens." error={wrong('url')}>
        {(control) => (
          <Input
            {...control}
            type="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://example.com/webhooks"
            value={value.url}
            onChange={(event) => onChange({ ...value, url: event.target.value })}
          />
        )}
      </Field>
      <Field label="Description" aside="optional" error={wrong('description')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={value.description}
            onChange={(event) => onChange({ ...value, description: event.target.value })}
          />
        )}
      </Field>
      <EventPicker value={value.events} onChange={(events) => onChange({ ...value, events })} error={wrong('events')} />
    </>
  )
}

/** Whether every word of a refusal stands beside a field. */
export const isBesideFields = (error: unknown): boolean => {
  const errors = fieldErrors(error)
  return errors.length > 0 && errors.every(({ path }) => /^(url|description|events)\b/.test(path))
}
