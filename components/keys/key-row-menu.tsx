'use client'

import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { useRef } from 'react'
import type { StartAction } from '@/components/keys/key-action-dialogs'
import { type KeyAction, reasonAgainstAction, reasonAgainstChange } from '@/components/keys/key-state'
import { useNow } from '@/components/providers/now'
import { buttonStyle } from '@/components/ui/button-style'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '@/components/ui/menu'
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
  const trigger = useRef<HTMLButtonElement>(null)
  const reason = (action: KeyAction) => forbidden ?? reasonAgainstAction(action, item, now)
  const notEdit = forbidden ?? reasonAgainstChange(item)
  const start = (action: KeyAction) => () => onAction(action, item, trigger.current)
  return (
    <Menu
      trigger={
        <button
          ref={trigger}
          type="button"
          aria-label={`Actions for ${item.name}`}
          className={buttonStyle({ look: 'quiet', size: 'icon', className: 'data-popup-open:bg-hover' })}
        >
          <Ellipsis size={16} />
        </button>
      }
    >
      {notEdit === undefined ? (
        <MenuLink render={<Link href={`/orgs/${org}/settings/api-keys/${item.id}?edit=details`} />}>Edit</MenuLink>
      ) : (
        <MenuItem reason={notEdit} onClick={() => {}}>
          Edit
        </MenuItem>
      )}
      <MenuItem reason={reason('rotate')} onClick={start('rotate')}>
        Rotate
      </MenuItem>
      {item.status === 'revoked' ? (
        <MenuItem reason={reason('reactivate')} onClick={start('reactivate')}>
          Reactivate
        </MenuItem>
      ) : (
        <MenuItem reason={reason('revoke')} onClick={start('revoke')}>
          Revoke
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem look="danger" reason={reason('delete')} onClick={start('delete')}>
        Delete
      </MenuItem>
    </Menu>
  )
}
