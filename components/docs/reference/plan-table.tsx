import { ScrollingTable } from '@/components/docs/reference/scrolling-table'
import type { PlanRow } from '@/lib/docs/tables'

const figure = (value: number) => value.toLocaleString('en')

/** What each plan allows. */
export const PlanTable = ({ rows }: { rows: readonly PlanRow[] }) => (
  <ScrollingTable>
    <thead>
      <tr>
        <th scope="col">Plan</th>
        <th scope="col">Calls per key in any 60 seconds</th>
        <th scope="col">Keys in use</th>
        <th scope="col">Bytes of attachments, in each environment</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ plan, rateLimit, keys, attachmentBytes }) => (
        <tr key={plan}>
          <td>{plan}</td>
          <td>{figure(rateLimit)}</td>
          <td>{figure(keys)}</td>
          <td>{figure(attachmentBytes)}</td>
        </tr>
      ))}
    </tbody>
  </ScrollingTable>
)
