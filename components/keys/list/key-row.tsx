'use client'

import type { MouseEvent } from 'react'
import type { StartAction } from '@/components/keys/actions/use-key-actions'
import { ENVIRONMENT_LABELS, PLAYGROUND_LABEL } from '@/components/keys/key-labels'
import { KeyStatusView } from '@/components/keys/key-status'
import { KeyCallsByDay } from '@/components/keys/list/key-calls-by-day'
import { KeyRowMenu } from '@/components/keys/list/key-row-menu'
import { summarizeScopes } from '@/components/keys/scopes/summarize-scopes'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { useNavigation } from '@/components/ui/navigation'
import { PageLink } from '@/components/ui/page-link'
import { ActionsCell, Cell, HeadCell, Row, SelectCell } from '@/components/ui/table'
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
  const { go } = useNavigation()
  const href = `/orgs/${org}/settings/api-keys/${item.id}`
  return (
    <Row
      onClick={(event) => {
        if (isOnRow(event)) go(href)
      }}
    >
      <SelectCell>
        <LabelledCheckbox
          text={null}
          aria-label={`Select ${item.name}`}
          labelClass="min-h-6 min-w-6 items-center"
          checked={selected}
          reason={forbidden}
          onCheckedChange={onSelect}
        />
      </SelectCell>
      <HeadCell selectable>
        <PageLink href={href} className="block font-medium hover:underline">
          {item.name}
        </PageLink>
        <span className="flex flex-wrap gap-x-2 text-muted text-sm">
          <code className="font-mono">{item.key_prefix}</code>
          {item.playground && <span>{PLAYGROUND_LABEL}</span>}
        </span>
      </HeadCell>
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
        {/* Wide enough for what it may say next: the first use of a key moves no column. */}
        <span className="block min-w-26">
          {item.last_used_at ? <Time at={item.last_used_at} past /> : <span className="text-muted">Never</span>}
        </span>
      </Cell>
      <Cell label="Expires">
        {item.expires_at ? <Time at={item.expires_at} /> : <span className="text-muted">Never</span>}
      </Cell>
      <Cell label="Created by">
        <span className="block min-w-20 wrap-anywhere">
          {item.created_by?.name ?? item.created_with ?? <span className="text-muted">No longer here</span>}
        </span>
      </Cell>
      <ActionsCell>
        <KeyRowMenu org={org} item={item} forbidden={forbidden} onAction={onAction} />
      </ActionsCell>
    </Row>
  )
}
