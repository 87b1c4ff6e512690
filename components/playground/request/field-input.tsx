import { Field } from '@/components/ui/field'
import { Input, NativeSelect } from '@/components/ui/input'
import type { PlaygroundField } from '@/lib/http/api/openapi/playground-form'

type Props = {
  field: PlaygroundField
  /** What is entered; empty: nothing. */
  text: string
  onChange: (text: string) => void
  error?: string | undefined
}

const choicesOf = ({ kind, choices }: PlaygroundField) => (kind === 'boolean' ? ['true', 'false'] : choices.map(String))

/** One value of a request: text and numbers are typed, the rest is chosen. What is wrong the API tells. */
export function FieldInput({ field, text, onChange, error }: Props) {
  const { name, kind, required, description, hint } = field
  const chosen = kind === 'boolean' || kind === 'choice'
  return (
    <Field
      label={<code className="font-mono text-sm">{name}</code>}
      aside={required ? 'required' : undefined}
      hint={description ? plain(description) : undefined}
      error={error}
    >
      {(control) =>
        chosen ? (
          <NativeSelect {...control} value={text} onChange={(event) => onChange(event.target.value)}>
            <option value="">{hint ? `Default: ${hint}` : '–'}</option>
            {choicesOf(field).map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </NativeSelect>
        ) : (
          <Input
            {...control}
            name={name}
            value={text}
            placeholder={hint}
            inputMode={kind === 'number' ? 'numeric' : undefined}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  )
}

/** Descriptions mark code with backticks, which a hint does without. */
const plain = (text: string) => text.replaceAll('`', '')
