import { ChevronsUpDown } from 'lucide-react'
import { buttonStyle } from '@/components/ui/button-style'

type Props<Value extends string> = {
  /** Before the value. */
  label: string
  /** The name stands beside it already. */
  quiet?: boolean
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** A choice of one out of a few, with its name: the browser's own control, which every device opens in its own way. */
export const Select = <Value extends string>({ label, quiet = false, value, options, onChange }: Props<Value>) => (
  <label className={buttonStyle({ className: 'relative pr-7 focus-within:outline-2' })}>
    <span className={quiet ? 'sr-only' : 'text-muted'}>{label}</span>
    <select
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value)
        if (chosen) onChange(chosen.value)
      }}
      className="-mr-7 field-sizing-content h-full cursor-pointer appearance-none bg-transparent pr-7 outline-none"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} className="bg-raised text-ink">
          {option.label}
        </option>
      ))}
    </select>
    <ChevronsUpDown size={14} aria-hidden="true" className="pointer-events-none absolute right-2 text-muted" />
  </label>
)
