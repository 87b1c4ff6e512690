'use client'

import { useState } from 'react'
import { ScopeGroupBox } from '@/components/keys/scopes/scope-group-box'
import {
  endpointsOf,
  presetLabel,
  presetScopes,
  presetsOf,
  scopeActions,
  scopeRows,
  wideScopes,
  withScopes,
} from '@/components/keys/scopes/scope-matrix'
import { ScopeRowView } from '@/components/keys/scopes/scope-row'
import { WideScopes } from '@/components/keys/scopes/wide-scopes'
import { useCatalogue } from '@/components/providers/catalogue'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'

export type ScopePickerProps = {
  chosen: readonly string[]
  /** What the person's role lets them grant. */
  grantable: readonly string[]
  /** Said at the boxes beyond it. */
  beyondRole: string
  onChange: (scopes: string[]) => void
  error?: string
  /** Where a heading above says the same. */
  hideLegend?: boolean
}

const matches = (search: string, ...texts: string[]) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const text = texts.join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The scopes of a key: a matrix of resources and actions, and the wide scopes apart. Nothing is ticked by itself. */
export function ScopePicker({ chosen, grantable, beyondRole, onChange, error, hideLegend }: ScopePickerProps) {
  const catalogue = useCatalogue()
  const [search, setSearch] = useState('')
  const rows = scopeRows(catalogue).filter(({ resource: { name, title, description }, scopes }) =>
    matches(search, name, title, description, ...scopes.flatMap(({ scope, meaning }) => [scope, meaning])),
  )
  const wide = wideScopes(catalogue).filter(({ scope, meaning }) => matches(search, scope, meaning))
  const actions = scopeActions(catalogue)
  const reasonFor = (scope: string) => (grantable.includes(scope) ? undefined : beyondRole)
  const tick = (scopes: readonly string[], ticked: boolean) =>
    onChange(
      withScopes(catalogue, chosen, ticked ? scopes.filter((scope) => grantable.includes(scope)) : scopes, ticked),
    )

  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className={hideLegend ? 'sr-only' : 'mb-2 font-medium'}>Permissions</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        <Input
          type="search"
          aria-label="Search permissions"
          placeholder="Search permissions"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          // Enter searches; it does not send the form around it.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          className="sm:max-w-52"
        />
        <fieldset className="flex flex-wrap gap-1">
          <legend className="sr-only">Presets: they only tick boxes</legend>
          {presetsOf(catalogue).map((name) => (
            <Button
              key={name}
              size="small"
              look="quiet"
              onClick={() =>
                onChange(
                  withScopes(
                    catalogue,
                    [],
                    presetScopes(catalogue, name).filter((s) => grantable.includes(s)),
                    true,
                  ),
                )
              }
            >
              {presetLabel(name)}
            </Button>
          ))}
        </fieldset>
      </div>
      <div className="@container overflow-hidden rounded-md border border-line">
        {rows.length > 0 && (
          <table className="w-full border-collapse">
            <caption className="sr-only">Permissions by resource and action</caption>
            <thead className="@max-2xl:sr-only">
              <tr className="border-line border-b bg-subtle text-left text-muted text-sm">
                <th scope="col" className="px-3 py-1.5 font-normal">
                  Resource
                </th>
                {actions.map((action) => (
                  <th key={action} scope="col" className="px-2 py-1.5 text-center font-normal">
                    <ScopeGroupBox
                      label={`${action}: every resource`}
                      text={action}
                      scopes={rows.flatMap((row) => row.scopes.filter((entry) => entry.action === action))}
                      chosen={chosen}
                      reasonFor={reasonFor}
                      onTick={tick}
                    />
                  </th>
                ))}
                <th scope="col" className="w-px px-3 py-1.5 font-normal">
                  <span className="sr-only">Endpoints</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <ScopeRowView
                  key={row.resource.name}
                  row={row}
                  actions={actions}
                  chosen={chosen}
                  endpoints={endpointsOf(catalogue, row.resource, chosen)}
                  reasonFor={reasonFor}
                  onTick={tick}
                />
              ))}
            </tbody>
          </table>
        )}
        {wide.length > 0 && <WideScopes entries={wide} chosen={chosen} reasonFor={reasonFor} onTick={tick} />}
        {rows.length + wide.length === 0 && <p className="px-3 py-4 text-muted">No permission matches.</p>}
      </div>
      {error && (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
    </fieldset>
  )
}
