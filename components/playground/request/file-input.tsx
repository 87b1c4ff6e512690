import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { ANY_TYPE } from '@/lib/contracts/bytes'

type Props = {
  /** The media type that is taken. */
  type: string
  error: string | undefined
  onChange: (file: File | null) => void
}

/** The file that is sent as it is. */
export const FileInput = ({ type, error, onChange }: Props) => (
  <Field label="File" aside={type === ANY_TYPE ? undefined : type} error={error}>
    {(control) => (
      <Input
        {...control}
        name="file"
        type="file"
        className="py-1 text-sm"
        accept={type}
        onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
      />
    )}
  </Field>
)
