import type { Conflict } from '@/components/keys/one-key/use-save-key'
import { Notice } from '@/components/ui/notice'

const LABELS: Record<string, string> = {
  name: 'Name',
  description: 'Description',
  scopes: 'Permissions',
  allowed_ips: 'IP allowlist',
  rate_limit: 'Requests per minute',
}

const inWords = (value: string | number | readonly string[] | null | undefined): string => {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(', ')
  return String(value)
}

/** What somebody else has made of the fields meanwhile, beside what the reader is about to make of them. */
export const EditConflict = ({ conflict }: { conflict: Conflict }) => (
  <Notice look="warning" role="alert" title="Somebody has changed this while you were editing.">
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">Both versions</caption>
      <thead>
        <tr className="text-muted text-sm">
          <th scope="col" className="pr-4 font-normal">
            Field
          </th>
          <th scope="col" className="pr-4 font-normal">
            Now
          </th>
          <th scope="col" className="font-normal">
            Yours
          </th>
        </tr>
      </thead>
      <tbody>
        {conflict.fields.map((field) => (
          <tr key={field} className="align-top">
            <th scope="row" className="pr-4 font-normal">
              {LABELS[field]}
            </th>
            <td className="min-w-0 break-words pr-4">{inWords(conflict.theirs[field])}</td>
            <td className="min-w-0 break-words">{inWords(conflict.mine[field])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Notice>
)
