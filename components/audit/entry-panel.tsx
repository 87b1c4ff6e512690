import { actionInWords, actorOf, changesOf, nameOf } from '@/components/audit/describe-entry'
import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { Dialog, DialogBody, type DialogFrame } from '@/components/ui/dialog'
import { Facts } from '@/components/ui/facts'
import { utcTime } from '@/components/ui/instant'
import { Time } from '@/components/ui/time'
import { visible } from '@/lib/contracts/visible'
import type { WireAuditEntry } from '@/lib/queries/audit'

const Code = ({ children }: { children: string }) => <code className="break-all font-mono text-sm">{children}</code>

/** What is recorded beside the change itself; what there is not is left out. */
function factsOf(entry: WireAuditEntry) {
  const { at, target, environment, address, user_agent, request_id, reason, position, hash } = entry
  return [
    {
      name: 'When',
      value: (
        <>
          <Time at={at} past /> <span className="text-muted">{utcTime(Date.parse(at))}</span>
        </>
      ),
    },
    { name: 'Who', value: actorOf(entry) },
    { name: 'On what', value: nameOf(target) },
    ...(environment ? [{ name: 'Environment', value: ENVIRONMENT_LABELS[environment] }] : []),
    ...(reason ? [{ name: 'Reason', value: visible(reason) }] : []),
    ...(address ? [{ name: 'From', value: <Code>{address}</Code> }] : []),
    ...(user_agent ? [{ name: 'With', value: visible(user_agent) }] : []),
    ...(request_id ? [{ name: 'Request', value: <Code>{request_id}</Code> }] : []),
    { name: 'Entry', value: <Code>{entry.id}</Code> },
    {
      name: 'Seal',
      value:
        position === null ? (
          <span className="text-muted">Sealed in a moment</span>
        ) : (
          <>
            No. {position.toLocaleString('en-GB')} <Code>{hash ?? ''}</Code>
          </>
        ),
    },
  ]
}

/** One entry with all that was recorded, beside the log. */
export const EntryPanel = ({ entry, frame }: { entry: WireAuditEntry; frame: DialogFrame }) => (
  <Dialog
    open={frame.open}
    onClose={() => frame.setOpen(false)}
    onClosed={frame.onClosed}
    returnFocus={frame.returnFocus}
    title={actionInWords(entry.action)}
    description={entry.action}
    size="side"
  >
    <DialogBody>
      <Facts look="compact" facts={factsOf(entry)} />
      <Changes entry={entry} />
    </DialogBody>
  </Dialog>
)

function Changes({ entry }: { entry: WireAuditEntry }) {
  const changes = changesOf(entry)
  if (changes.length === 0) return null
  return (
    <table className="w-full table-fixed border-collapse text-left text-sm">
      <caption className="pb-2 text-left font-semibold text-base">What changed</caption>
      <thead>
        <tr className="border-line border-b text-muted">
          {['Field', 'Before', 'After'].map((name) => (
            <th key={name} scope="col" className="py-1.5 pr-3 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field} className="border-line border-b align-top">
            <th scope="row" className="py-1.5 pr-3 font-normal wrap-anywhere">
              {field}
            </th>
            {[before, after].map((value, index) => (
              <td key={index === 0 ? 'before' : 'after'} className="py-1.5 pr-3 wrap-anywhere">
                {value ?? <span className="text-muted">–</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
