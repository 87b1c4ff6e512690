'use client'

import { RISKS } from '@/components/keys/scopes/scope-matrix'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import type { ScopeEntry } from '@/lib/contracts/scopes/catalogue'

type Props = {
  entries: readonly ScopeEntry[]
  chosen: readonly string[]
  reasonFor: (scope: string) => string | undefined
  onTick: (scopes: readonly string[], ticked: boolean) => void
}

/** The scopes that span resources, each with what to think of before ticking it. */
export const WideScopes = ({ entries, chosen, reasonFor, onTick }: Props) => (
  <ul className="divide-y divide-line border-line not-first:border-t">
    {entries.map(({ scope, meaning }) => (
      <li key={scope}>
        <LabelledCheckbox
          labelClass="flex items-start px-3 py-2"
          className="mt-0.5"
          text={
            <span className="min-w-0">
              <code className="mr-2 font-mono text-sm">{scope}</code>
              {meaning}
              <span className={scope === 'read:all' ? 'block text-muted text-sm' : 'block text-sm text-warn'}>
                {RISKS[scope]}
              </span>
            </span>
          }
          aria-label={`${meaning} (${scope})`}
          checked={chosen.includes(scope)}
          reason={reasonFor(scope)}
          onCheckedChange={(ticked) => onTick([scope], ticked)}
        />
      </li>
    ))}
  </ul>
)
