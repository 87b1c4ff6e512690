import { actionInWords, actorOf, nameOf } from '@/components/audit/describe-entry'
import { Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { WireAuditEntry } from '@/lib/queries/audit'

const COLUMNS = ['What', 'Who', 'On what', 'From', 'When']

type Props = {
  items: readonly WireAuditEntry[]
  /** @param trigger gets the focus back */
  onOpen: (entry: WireAuditEntry, trigger: HTMLElement) => void
}

export const AuditTable = ({ items, onOpen }: Props) => (
  <Table caption="Audit log" columns={COLUMNS}>
    {items.map((entry) => (
      <Row key={entry.id}>
        <HeadCell>
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={(event) => onOpen(entry, event.currentTarget)}
            className="cursor-pointer text-left font-medium hover:underline"
          >
            {actionInWords(entry.action)}
          </button>
        </HeadCell>
        <Cell label="Who">
          <span className="wrap-anywhere">{actorOf(entry)}</span>
        </Cell>
        <Cell label="On what">
          <span className="wrap-anywhere">{nameOf(entry.target)}</span>
        </Cell>
        <Cell label="From">
          <span className="wrap-anywhere">{entry.address ?? <span className="text-muted">–</span>}</span>
        </Cell>
        <Cell label="When">
          <Time at={entry.at} past />
        </Cell>
      </Row>
    ))}
  </Table>
)
