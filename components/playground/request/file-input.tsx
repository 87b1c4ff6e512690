import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

type Props = {
  /** The media type that is taken, or a range of them. */
  type: string
  error: string | undefined
  onChange: (file: File | null) => void
}

/** The file that is sent as it is. */
export const FileInput = ({ type, error, onChange }: Props) => (
  <Field label="File" aside={type} error={error}>
    {(control) => (
      <Input
        {...control}
        name="file"
        type="file"
        accept={type}
        onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
      />
    )}
  </Field>
)
