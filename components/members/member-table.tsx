'use client'

import type { MemberAction } from '@/components/members/member-action-dialogs'
import { ROLE_LABELS } from '@/components/members/role-labels'
import { RowMenu } from '@/components/ui/row-menu'
import { ActionsCell, Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { WireMember } from '@/lib/queries/members'

type Props = {
  items: readonly WireMember[]
  /** Why the reader may change nobody. */
  forbidden: string | undefined
  /** @param trigger gets the focus back */
  onAction: (action: MemberAction, trigger: HTMLElement | null) => void
}

export const MemberTable = ({ items, forbidden, onAction }: Props) => (
  <Table caption="Members" columns={['Person', 'Role', 'Developer permission', 'Keys in use', 'Joined']} actions>
    {items.map((item) => (
      <Row key={item.id}>
        <HeadCell>
          <span className="block font-medium">{item.name}</span>
          <span className="block text-muted text-sm">{item.email}</span>
        </HeadCell>
        <Cell label="Role">{ROLE_LABELS[item.role]}</Cell>
        <Cell label="Developer permission">{item.developer ? 'Yes' : <span className="text-muted">No</span>}</Cell>
        <Cell label="Keys in use">{item.keys === 0 ? <span className="text-muted">None</span> : item.keys}</Cell>
        <Cell label="Joined">
          <Time at={item.created_at} past />
        </Cell>
        <ActionsCell>
          <MemberMenu item={item} forbidden={forbidden} onAction={onAction} />
        </ActionsCell>
      </Row>
    ))}
  </Table>
)

/** What can be done with a member. What cannot stays in the menu and says why. */
function MemberMenu({ item, forbidden, onAction }: { item: WireMember } & Omit<Props, 'items'>) {
  const last = item.only_admin ? 'The only Admin stays. Make somebody else an Admin first.' : undefined
  return (
    <RowMenu
      name={item.name}
      entries={[
        {
          kind: 'action',
          label: 'Change role',
          reason: forbidden,
          onChoose: (trigger) => onAction({ action: 'change', item }, trigger),
        },
        { kind: 'line' },
        {
          kind: 'action',
          label: 'Remove',
          look: 'danger',
          reason: forbidden ?? last,
          onChoose: (trigger) => onAction({ action: 'remove', item }, trigger),
        },
      ]}
    />
  )
}
