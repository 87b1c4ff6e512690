'use client'

import type { ReactNode } from 'react'
import type { StartAction } from '@/components/keys/actions/use-key-actions'
import { KeyTableRow } from '@/components/keys/list/key-row'
import type { Selection } from '@/components/keys/list/use-selection'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Skeleton } from '@/components/ui/skeleton'
import type { WireListedKey } from '@/lib/queries/keys'

const COLUMNS = ['Key', 'Environment', 'Permissions', 'Status', '7 days', 'Last used', 'Expires', 'Created by']

type Props = {
  org: string
  items: readonly WireListedKey[]
  forbidden: string | undefined
  selection: Selection
  onAction: StartAction
}

/** The keys; on narrow screens each row is a card. */
export function KeyTable({ org, items, forbidden, selection, onAction }: Props) {
  const ticked = selection.selected.length
  const all = (
    <LabelledCheckbox
      text={null}
      aria-label="Select all on this page"
      labelClass="items-center"
      checked={ticked === items.length}
      indeterminate={ticked > 0 && ticked < items.length}
      reason={forbidden}
      onCheckedChange={(tick) =>
        selection.tick(
          items.map(({ id }) => id),
          tick,
        )
      }
    />
  )
  return (
    <Frame select={all}>
      {items.map((item) => (
        <KeyTableRow
          key={item.id}
          org={org}
          item={item}
          forbidden={forbidden}
          selected={selection.has(item.id)}
          onSelect={(tick) => selection.tick([item.id], tick)}
          onAction={onAction}
        />
      ))}
    </Frame>
  )
}

const SKELETON_ROWS = ['one', 'two', 'three', 'four', 'five']

export const KeyTableSkeleton = () => (
  <div aria-busy="true">
    <span className="sr-only" role="status">
      Loading the keys
    </span>
    <Frame>
      {SKELETON_ROWS.map((row) => (
        <tr key={row} className="border-line border-b">
          <td colSpan={COLUMNS.length + 2} className="px-2 py-3">
            <Skeleton className="mb-1.5 w-48" />
            <Skeleton className="h-3 w-28" />
          </td>
        </tr>
      ))}
    </Frame>
  </div>
)

const Frame = ({ select, children }: { select?: ReactNode; children: ReactNode }) => (
  <table className="w-full border-collapse text-left">
    <caption className="sr-only">API keys</caption>
    <thead className="max-lg:sr-only">
      <tr className="border-line border-b text-muted text-sm">
        <th scope="col" className="w-px px-2 py-2">
          {select ?? <span className="sr-only">Selection</span>}
        </th>
        {COLUMNS.map((column) => (
          <th key={column} scope="col" className="px-2 py-2 font-normal">
            {column}
          </th>
        ))}
        <th scope="col" className="w-px">
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)
