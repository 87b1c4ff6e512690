'use client'

import { callsOf } from '@/components/keys/describe-calls'
import type { ScopeUse } from '@/components/keys/scopes/scope-use'
import { useCatalogue } from '@/components/providers/catalogue'
import { Button } from '@/components/ui/button'

type Props = {
  scopes: readonly string[]
  /** Absent until it has been asked for. */
  use: ScopeUse | undefined
  forbidden: string | undefined
  onAdd: (scope: string) => void
}

/** What the key may do, what of it is used, and what its calls have asked for in vain. */
export function ScopeList({ scopes, use, forbidden, onAdd }: Props) {
  const catalogue = useCatalogue()
  return (
    <div className="flex flex-col gap-5">
      {scopes.length === 0 ? (
        <p className="text-muted">None: the key can only ask who it is (/me and /test).</p>
      ) : (
        <ul aria-label="Permissions of the key">
          {scopes.map((scope) => (
            <li key={scope} className="grid gap-x-6 border-line py-1.5 not-last:border-b sm:grid-cols-[12rem_1fr_auto]">
              <code className="font-mono text-sm leading-5">{scope}</code>
              <span className="text-muted">{catalogue.scopes.find((entry) => entry.scope === scope)?.meaning}</span>
              {use && <Use calls={use.callsWith(scope)} unused={use.unused.includes(scope)} />}
            </li>
          ))}
        </ul>
      )}
      {use && use.wanted.length > 0 && (
        <div className="flex flex-col gap-2">
          <h3 className="font-medium">Refused for lack of a permission, in 60 days</h3>
          <ul aria-label="Missing permissions">
            {use.wanted.map(({ scope, calls }) => (
              <li key={scope} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1">
                <code className="font-mono text-sm">{scope}</code>
                <span className="text-muted">{callsOf(calls)}</span>
                <Button size="small" reason={forbidden} onClick={() => onAdd(scope)} aria-label={`Add ${scope}`}>
                  Add…
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function Use({ calls, unused }: { calls: number; unused: boolean }) {
  if (unused) return <span className="text-warn">Unused for 60 days</span>
  return <span className="text-muted">{calls === 0 ? 'Not used yet' : `${callsOf(calls)} in 60 days`}</span>
}
