import { useCatalogue } from '@/components/providers/catalogue'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

type Props = { value: readonly string[]; onChange: (events: string[]) => void; error: string | undefined }

/** Which events are sent: all that there are and will be, or some. */
export function EventPicker({ value, onChange, error }: Props) {
  const { resources } = useCatalogue()
  const all = value.includes(EVERY_EVENT)
  const streams = resources.flatMap(({ title, stream }) => (stream ? [{ title, all: stream.all }] : []))
  const ofStreams = (type: string) =>
    resources.some(({ stream }) => stream?.all === type || stream?.types.includes(type))
  const toggled = (type: string, checked: boolean) =>
    checked ? [...value, type] : value.filter((other) => other !== type)
  const groups = resources
    .map(({ title, activity_types, audited }) => ({ title, types: [...activity_types, ...audited] }))
    .filter(({ types }) => types.length > 0)
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 font-medium">Events</legend>
      {error && (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
      <LabelledCheckbox
        labelClass="items-center"
        text="Every event, also of kinds that are yet to come"
        checked={all}
        onCheckedChange={(checked) => onChange([...(checked ? [EVERY_EVENT] : []), ...value.filter(ofStreams)])}
      />
      {streams.map(({ title, all: type }) => (
        <LabelledCheckbox
          key={type}
          labelClass="items-center"
          text={
            <>
              {title}: every entry (<code className="font-mono text-sm">{type}</code>)
            </>
          }
          checked={value.includes(type)}
          onCheckedChange={(checked) => onChange(toggled(type, checked))}
        />
      ))}
      {!all && (
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {groups.map(({ title, types }) => (
            <div key={title} className="flex min-w-0 flex-col items-start gap-1">
              <p className="text-muted text-sm">{title}</p>
              {types.map((type) => (
                <LabelledCheckbox
                  key={type}
                  labelClass="items-center break-all"
                  text={<code className="font-mono text-sm">{type}</code>}
                  checked={value.includes(type)}
                  onCheckedChange={(checked) => onChange(toggled(type, checked))}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </fieldset>
  )
}
