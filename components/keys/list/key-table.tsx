'use client'

import type { StartAction } from '@/components/keys/actions/use-key-actions'
import { KeyTableRow } from '@/components/keys/list/key-row'
import type { Selection } from '@/components/keys/list/use-selection'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Skeleton } from '@/components/ui/skeleton'
import { Table } from '@/components/ui/table'
import type { WireListedKey } from '@/lib/queries/keys'

const COLUMNS = ['Key', 'Environment', 'Permissions', 'Status', '7 days', 'Last used', 'Expires', 'Created by']

type Props = {
  org: string
  items: readonly WireListedKey[]
  forbidden: string | undefined
  selection: Selection
  onAction: StartAction
}

/** The keys of a page of the list, with boxes to tick. */
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
    <Table caption="API keys" columns={COLUMNS} select={all} actions>
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
    </Table>
  )
}

const SKELETON_ROWS = ['one', 'two', 'three', 'four', 'five']

export const KeyTableSkeleton = () => (
  <div aria-busy="true">
    <span className="sr-only" role="status">
      Loading the keys
    </span>
    <Table caption="API keys" columns={COLUMNS}>
      {SKELETON_ROWS.map((row) => (
        <tr key={row} className="border-line border-b">
          <td colSpan={COLUMNS.length} className="px-2 py-3">
            <Skeleton className="mb-1.5 w-48" />
            <Skeleton className="h-3 w-28" />
          </td>
        </tr>
      ))}
    </Table>
  </div>
)
