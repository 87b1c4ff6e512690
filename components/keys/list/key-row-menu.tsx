import {
  type KeyAction,
  reasonAgainstAction,
  reasonAgainstChange,
} from '@/components/keys/actions/reason-against-action'
import { preloadKeyActions, type StartAction } from '@/components/keys/actions/use-key-actions'
import { useNow } from '@/components/providers/now'
import type { MenuEntry } from '@/components/ui/menu-entry'
import { RowMenu } from '@/components/ui/row-menu'
import type { WireKey } from '@/lib/queries/keys'

type Props = {
  org: string
  item: WireKey
  /** Why the person may manage no key at all. */
  forbidden: string | undefined
  onAction: StartAction
}

/** What can be done with a key. What cannot stays in the menu and says why. */
export function KeyRowMenu({ org, item, forbidden, onAction }: Props) {
  const now = useNow()
  const notEdit = forbidden ?? reasonAgainstChange(item)
  const entry = (action: KeyAction, label: string): MenuEntry => ({
    kind: 'action',
    label,
    look: action === 'delete' ? 'danger' : 'plain',
    reason: forbidden ?? reasonAgainstAction(action, item, now),
    onChoose: (trigger) => onAction(action, item, trigger),
  })
  const entries: MenuEntry[] = [
    notEdit === undefined
      ? { kind: 'link', label: 'Edit', href: `/orgs/${org}/settings/api-keys/${item.id}?edit=details` }
      : { kind: 'action', label: 'Edit', reason: notEdit, onChoose: () => {} },
    entry('rotate', 'Rotate'),
    item.status === 'revoked' ? entry('reactivate', 'Reactivate') : entry('revoke', 'Revoke'),
    { kind: 'line' },
    entry('delete', 'Delete'),
  ]
  return <RowMenu name={item.name} entries={entries} onOpen={preloadKeyActions} />
}
