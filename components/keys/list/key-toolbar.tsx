'use client'

import { ENVIRONMENT_LABELS, STATUS_LABELS } from '@/components/keys/key-labels'
import { KeySearchBox } from '@/components/keys/list/key-search-box'
import { Select } from '@/components/ui/select'
import { KEY_ENVIRONMENTS, KEY_STATUSES, type KeyEnvironment, type KeyStatus } from '@/lib/contracts/key-terms'
import type { KEY_SORTS, KeySearch } from '@/lib/queries/key-search'

const ANY = 'any'

const STATUSES: { value: KeyStatus | typeof ANY; label: string }[] = [
  { value: ANY, label: 'Any' },
  ...KEY_STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] })),
]
const ENVIRONMENTS: { value: KeyEnvironment | typeof ANY; label: string }[] = [
  { value: ANY, label: 'Any' },
  ...KEY_ENVIRONMENTS.map((value) => ({ value, label: ENVIRONMENT_LABELS[value] })),
]
const SORTS: { value: (typeof KEY_SORTS)[number]; label: string }[] = [
  { value: '-created_at', label: 'Newest first' },
  { value: 'created_at', label: 'Oldest first' },
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
]

type Props = { search: KeySearch; onChange: (change: Partial<KeySearch>) => void }

/** Search, filters and order of the list; all of it stands in the address. */
export function KeyToolbar({ search, onChange }: Props) {
  return (
    <search className="flex flex-wrap items-start gap-2">
      <KeySearchBox value={search.q} onSearch={(q) => onChange({ q })} />
      <Select
        label="Status"
        value={search.status ?? ANY}
        options={STATUSES}
        onChange={(status) => onChange({ status: status === ANY ? null : status })}
      />
      <Select
        label="Environment"
        value={search.environment ?? ANY}
        options={ENVIRONMENTS}
        onChange={(environment) => onChange({ environment: environment === ANY ? null : environment })}
      />
      <Select label="Sort" value={search.sort} options={SORTS} onChange={(sort) => onChange({ sort })} />
    </search>
  )
}
