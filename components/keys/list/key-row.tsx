'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'
import type { StartAction } from '@/components/keys/actions/use-key-actions'
import { ENVIRONMENT_LABELS, PLAYGROUND_LABEL } from '@/components/keys/key-labels'
import { KeyStatusView } from '@/components/keys/key-status'
import { KeyCallsByDay } from '@/components/keys/list/key-calls-by-day'
import { KeyRowMenu } from '@/components/keys/list/key-row-menu'
import { summarizeScopes } from '@/components/keys/scopes/summarize-scopes'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Time } from '@/components/ui/time'
import { Tooltip } from '@/components/ui/tooltip'
import type { WireListedKey } from '@/lib/queries/keys'

type Props = {
  org: string
  item: WireListedKey
  forbidden: string | undefined
  selected: boolean
  onSelect: (selected: boolean) => void
  onAction: StartAction
}

/** A press on the row itself, not on something in it, and not at the end of selecting its text. */
const isOnRow = (event: MouseEvent) =>
  event.target instanceof Element &&
  event.currentTarget.contains(event.target) &&
  !event.target.closest('a, button, label, [role="menu"]') &&
  !window.getSelection()?.toString()

export function KeyTableRow({ org, item, forbidden, selected, onSelect, onAction }: Props) {
  const router = useRouter()
  const href = `/orgs/${org}/settings/api-keys/${item.id}`
  return (
    <tr
      onClick={(event) => {
        if (isOnRow(event)) router.push(href)
      }}
      className="relative cursor-pointer border-line border-b transition-colors hover:bg-subtle max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-2 max-lg:py-3"
    >
      <td className="px-2 py-2 max-lg:absolute max-lg:top-3 max-lg:left-0 max-lg:py-0">
        <LabelledCheckbox
          text={null}
          aria-label={`Select ${item.name}`}
          labelClass="min-h-6 min-w-6 items-center"
          checked={selected}
          reason={forbidden}
          onCheckedChange={onSelect}
        />
      </td>
      <td className="px-2 py-2 max-lg:col-span-2 max-lg:py-0 max-lg:pr-12 max-lg:pl-10">
        <Link href={href} className="block max-w-72 truncate font-medium hover:underline max-lg:max-w-none">
          {item.name}
        </Link>
        <code className="font-mono text-muted text-sm">{item.key_prefix}</code>
        {item.playground && <span className="ml-2 whitespace-nowrap text-muted text-sm">{PLAYGROUND_LABEL}</span>}
      </td>
      <Cell label="Environment">{ENVIRONMENT_LABELS[item.environment]}</Cell>
      <Cell label="Permissions">
        {item.scopes.length === 0 ? (
          summarizeScopes(item.scopes)
        ) : (
          <Tooltip text={item.scopes.join(', ')}>
            <span>{summarizeScopes(item.scopes)}</span>
          </Tooltip>
        )}
      </Cell>
      <Cell label="Status">
        <KeyStatusView status={item.status} />
      </Cell>
      <Cell label="7 days">
        <KeyCallsByDay calls={item.calls_by_day} />
      </Cell>
      <Cell label="Last used">
        {item.last_used_at ? <Time at={item.last_used_at} past /> : <span className="text-muted">Never</span>}
      </Cell>
      <Cell label="Expires">
        {item.expires_at ? <Time at={item.expires_at} /> : <span className="text-muted">Never</span>}
      </Cell>
      <Cell label="Created by">
        <span className="block max-w-36 truncate">
          {item.created_by?.name ?? item.created_with ?? <span className="text-muted">No longer here</span>}
        </span>
      </Cell>
      <td className="max-lg:absolute max-lg:top-2 max-lg:right-0">
        <KeyRowMenu org={org} item={item} forbidden={forbidden} onAction={onAction} />
      </td>
    </tr>
  )
}

const Cell = ({ label, children }: { label: string; children: ReactNode }) => (
  <td className="px-2 py-2 max-lg:py-0">
    <span aria-hidden="true" className="block text-muted text-xs lg:hidden">
      {label}
    </span>
    {children}
  </td>
)
