'use client'

import { RowMenu } from '@/components/ui/row-menu'
import { ActionsCell, Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { WireTeam } from '@/lib/queries/teams'

export type TeamAction = 'edit' | 'delete'

type Props = {
  teams: readonly WireTeam[]
  /** Why the reader may change none. */
  forbidden: string | undefined
  /** @param trigger gets the focus back when the dialog closes, if it is still there */
  onAction: (action: TeamAction, team: WireTeam, trigger: HTMLElement | null) => void
}

export const TeamTable = ({ teams, forbidden, onAction }: Props) => (
  <Table caption="Teams" columns={['Team', 'Members', 'Changed']} actions>
    {teams.map((team) => (
      <Row key={team.id}>
        <HeadCell>
          <span className="block font-medium">{team.name}</span>
          {team.description && <span className="block text-muted text-sm">{team.description}</span>}
        </HeadCell>
        <Cell label="Members">
          {team.member_count === 0 ? <span className="text-muted">None</span> : team.member_count}
        </Cell>
        <Cell label="Changed">
          <Time at={team.updated_at} past />
        </Cell>
        <ActionsCell>
          <RowMenu
            name={team.name}
            entries={[
              {
                kind: 'action',
                label: 'Edit',
                reason: forbidden,
                onChoose: (trigger) => onAction('edit', team, trigger),
              },
              { kind: 'line' },
              {
                kind: 'action',
                label: 'Delete',
                look: 'danger',
                reason: forbidden,
                onChoose: (trigger) => onAction('delete', team, trigger),
              },
            ]}
          />
        </ActionsCell>
      </Row>
    ))}
  </Table>
)
