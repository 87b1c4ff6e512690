'use client'

import { tickOf } from '@/components/keys/scopes/scope-matrix'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import type { ScopeEntry } from '@/lib/contracts/scopes/catalogue'

type Props = {
  label: string
  text: string
  scopes: readonly ScopeEntry[]
  chosen: readonly string[]
  reasonFor: (scope: string) => string | undefined
  onTick: (scopes: readonly string[], ticked: boolean) => void
}

/** A box for a whole row or column: ticked when all are, dashed when some are. It ticks what the role allows. */
export function ScopeGroupBox({ label, text, scopes, chosen, reasonFor, onTick }: Props) {
  const open = scopes.filter(({ scope }) => reasonFor(scope) === undefined)
  const tick = tickOf(scopes, new Set(chosen))
  const full = open.length > 0 && tickOf(open, new Set(chosen)) === 'all'
  const [first] = scopes
  return (
    <LabelledCheckbox
      labelClass="items-center"
      text={text}
      aria-label={label}
      checked={tick === 'all'}
      indeterminate={tick === 'some'}
      reason={open.length === 0 && first ? reasonFor(first.scope) : undefined}
      onCheckedChange={() =>
        onTick(
          scopes.map(({ scope }) => scope),
          !full,
        )
      }
    />
  )
}
