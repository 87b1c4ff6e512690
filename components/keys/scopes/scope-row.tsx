'use client'

import { cx } from 'class-variance-authority'
import { Check, ChevronRight, Minus } from 'lucide-react'
import { useId, useState } from 'react'
import { ScopeGroupBox } from '@/components/keys/scopes/scope-group-box'
import type { Endpoint, ScopeRow } from '@/components/keys/scopes/scope-matrix'
import { LabelledCheckbox } from '@/components/ui/checkbox'

type Props = {
  row: ScopeRow
  /** The columns. */
  actions: readonly string[]
  chosen: readonly string[]
  endpoints: Endpoint[]
  reasonFor: (scope: string) => string | undefined
  onTick: (scopes: readonly string[], ticked: boolean) => void
}

/** One resource: a box for each of its actions, and the endpoints that they open. On narrow screens a card. */
export function ScopeRowView({ row, actions, chosen, endpoints, reasonFor, onTick }: Props) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <tr className="border-line not-last:border-b max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-4 max-sm:px-3 max-sm:py-2">
        <th scope="row" className="py-2 text-left font-normal max-sm:basis-full sm:px-3">
          <ScopeGroupBox
            label={`${row.resource.title}: every action`}
            text={row.resource.title}
            scopes={row.scopes}
            chosen={chosen}
            reasonFor={reasonFor}
            onTick={onTick}
          />
        </th>
        {actions.map((action) => {
          const entry = row.scopes.find((one) => one.action === action)
          return (
            <td key={action} className={cx('text-center', !entry && 'max-sm:hidden')}>
              {entry && (
                <LabelledCheckbox
                  labelClass="min-h-6 min-w-6 items-center justify-center max-sm:min-h-8"
                  text={<span className="sm:sr-only">{action}</span>}
                  aria-label={`${entry.meaning} (${entry.scope})`}
                  checked={chosen.includes(entry.scope)}
                  reason={reasonFor(entry.scope)}
                  onCheckedChange={(ticked) => onTick([entry.scope], ticked)}
                />
              )}
            </td>
          )
        })}
        <td className="whitespace-nowrap text-right max-sm:basis-full max-sm:text-left sm:px-3">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="inline-flex min-h-6 items-center gap-1 rounded-sm text-muted text-sm hover:text-ink"
          >
            <ChevronRight size={14} className={cx('transition-transform', open && 'rotate-90')} />
            {endpoints.filter((endpoint) => endpoint.open).length} of {endpoints.length} endpoints
            <span className="sr-only"> of {row.resource.title}</span>
          </button>
        </td>
      </tr>
      <tr id={id} hidden={!open} className="border-line not-last:border-b bg-subtle max-sm:not-[[hidden]]:block">
        <td colSpan={actions.length + 2} className="px-3 py-2 max-sm:block">
          <ul className="flex flex-col gap-1 text-sm">
            {endpoints.map(({ method, path, scope, summary, open: allowed }) => (
              <li key={method + path} className="flex flex-wrap items-center gap-x-2">
                {allowed ? (
                  <Check size={14} aria-label="Open:" className="text-good" />
                ) : (
                  <Minus size={14} aria-label="Closed:" className="text-muted" />
                )}
                <code className="font-mono">
                  {method} {path}
                </code>
                <span className="text-muted">
                  {summary}; needs {scope}
                </span>
              </li>
            ))}
          </ul>
        </td>
      </tr>
    </>
  )
}
