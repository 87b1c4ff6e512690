'use client'

import { KeySearchBox } from '@/components/keys/key-search-box'
import { ENVIRONMENT_LABELS, STATUS_LABELS } from '@/components/keys/key-state'
import { Select } from '@/components/ui/select'
import { keyEnvironment, keyStatus } from '@/lib/keys/contract'
import type { KEY_SORTS, KeySearch } from '@/lib/queries/key-search'

const ANY = 'any'

const STATUSES = [
  { value: ANY, label: 'Any' },
  ...keyStatus.options.map((value) => ({ value, label: STATUS_LABELS[value] })),
]
const ENVIRONMENTS = [
  { value: ANY, label: 'Any' },
  ...keyEnvironment.options.map((value) => ({ value, label: ENVIRONMENT_LABELS[value] })),
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
        onChange={(value) => onChange({ status: keyStatus.safeParse(value).data ?? null })}
      />
      <Select
        label="Environment"
        value={search.environment ?? ANY}
        options={ENVIRONMENTS}
        onChange={(value) => onChange({ environment: keyEnvironment.safeParse(value).data ?? null })}
      />
      <Select label="Sort" value={search.sort} options={SORTS} onChange={(sort) => onChange({ sort })} />
    </search>
  )
}
