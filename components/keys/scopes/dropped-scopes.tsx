import type { LinkedScopes } from '@/components/keys/scopes/linked-scopes'
import { Notice } from '@/components/ui/notice'

type Props = { dropped: LinkedScopes['dropped']; beyondRole: string }

/** Says what a link has asked for in vain, so that nobody finds out by a refused call. */
export function DroppedScopes({ dropped, beyondRole }: Props) {
  if (dropped.length === 0) return null
  return (
    <Notice look="warning" role="status" title="The link asks for more than can be ticked.">
      <ul>
        {dropped.map(({ scope, known }) => (
          <li key={scope} className="break-words">
            <code className="font-mono text-sm">{scope}</code>: {known ? beyondRole : 'there is no such permission.'}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
