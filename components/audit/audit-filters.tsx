import { useId } from 'react'
import { actionInWords } from '@/components/audit/describe-entry'
import { cutKeys } from '@/components/keys/list/pasted-key'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { SearchBox } from '@/components/ui/search-box'
import { Select } from '@/components/ui/select'
import { AUDIT_ACTIONS } from '@/lib/contracts/audited'
import type { AuditSearch } from '@/lib/queries/audit'

const ACTIONS = [
  { value: 'any', label: 'Anything' },
  ...AUDIT_ACTIONS.map((value) => ({ value, label: actionInWords(value) })),
] as const

type Props = {
  search: AuditSearch
  onSearch: (search: Partial<AuditSearch>) => void
}

/** Who, what, on what, when. A whole key that is pasted is cut to its prefix: no address holds it. */
export function AuditFilterBar({ search, onSearch }: Props) {
  const { actor, action, target, key, from, to } = search
  const isNarrowed = action !== null || [actor, target, key, from, to].some((text) => text !== '')
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SearchBox
        label="Who: an email, or the prefix of a key"
        placeholder="Who: email or key prefix"
        value={actor}
        onSearch={(text) => onSearch({ actor: cutKeys(text).text })}
      />
      <SearchBox
        label="On what: an email, an id, or the prefix of a key"
        placeholder="On what: email, id, key prefix"
        value={target}
        onSearch={(text) => onSearch({ target: cutKeys(text).text })}
      />
      <SearchBox
        label="A key, by its prefix or its SHA-256: what was done to it, and by it"
        placeholder="Key: prefix or SHA-256"
        value={key}
        onSearch={(text) => onSearch({ key: cutKeys(text).text })}
      />
      <Select
        label="What"
        value={action ?? 'any'}
        options={ACTIONS}
        onChange={(value) => onSearch({ action: value === 'any' ? null : value })}
      />
      <Day label="From" value={from} onChange={(day) => onSearch({ from: day })} />
      <Day label="To" value={to} onChange={(day) => onSearch({ to: day })} />
      {isNarrowed && (
        <Button
          look="quiet"
          onClick={() => onSearch({ actor: '', action: null, target: '', key: '', from: '', to: '' })}
        >
          Clear
        </Button>
      )}
    </div>
  )
}

type DayProps = { label: string; value: string; onChange: (day: string) => void }

/** A day of UTC. */
function Day({ label, value, onChange }: DayProps) {
  const id = useId()
  return (
    <div className="flex items-center gap-1.5">
      <label htmlFor={id} className="text-muted">
        {label} <span className="sr-only">(a day of UTC)</span>
      </label>
      <Input id={id} type="date" value={value} onChange={(event) => onChange(event.target.value)} className="w-36" />
    </div>
  )
}
