'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { RevocationFields } from '@/components/keys/actions/revocation-fields'
import { useRevocation } from '@/components/keys/actions/use-revocation'
import { countOf } from '@/components/keys/describe-calls'
import { trafficInWords, trafficOfDays } from '@/components/keys/traffic'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogFooter, type DialogFrame } from '@/components/ui/dialog'
import { keysOf, revokeKeysMutation, type WireListedKey, type WireRevocation } from '@/lib/queries/keys'

type Props = {
  org: string
  items: readonly WireListedKey[]
  onRevoked: () => void
  frame: DialogFrame
}

const RESULTS: Record<WireRevocation['result'], string> = {
  revoked: 'Revoked',
  already_revoked: 'Was revoked already',
  not_found: 'Is no longer there',
  refused: 'Not revoked',
}

/** Revokes the ticked keys, and then says of each what has become of it. */
export function RevokeKeysDialog({ org, items, onRevoked, frame }: Props) {
  const [results, setResults] = useState<readonly WireRevocation[] | null>(null)
  const queryClient = useQueryClient()
  const revocation = useRevocation()
  const change = useChange(async () => {
    const { data } = await revokeKeysMutation(org, { ids: items.map(({ id }) => id), ...revocation.body })
    setResults(data)
    onRevoked()
    await queryClient.invalidateQueries({ queryKey: keysOf(org) })
  })
  const done = results?.filter(({ result }) => result === 'revoked').length ?? 0
  const what = countOf(items.length, 'key')
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={results ? `Revoked ${done} of ${what}` : `Revoke ${what}?`}
      keepOnOutsidePress
      action={`Revoke ${what}`}
      doing="Revoking…"
      danger
      reason={revocation.problem}
      isDirty={revocation.isDirty}
      result={results && <Results items={items} results={results} onDone={() => frame.setOpen(false)} />}
    >
      <p>From this moment every request with them is refused. {revocation.reversible}</p>
      <KeyLines items={items}>{(item) => <Muted>{trafficInWords(trafficOfDays(item))}</Muted>}</KeyLines>
      <RevocationFields revocation={revocation} />
    </ChangeDialog>
  )
}

type ResultsProps = Pick<Props, 'items'> & { results: readonly WireRevocation[]; onDone: () => void }

const Results = ({ items, results, onDone }: ResultsProps) => (
  <>
    <DialogBody>
      <KeyLines items={items}>
        {({ id }) => {
          const one = results.find((result) => result.id === id)
          if (!one) return null
          const words = `${RESULTS[one.result]}${one.detail ? `: ${one.detail}` : ''}`
          return one.result === 'refused' ? <span className="text-danger">{words}</span> : <Muted>{words}</Muted>
        }}
      </KeyLines>
    </DialogBody>
    <DialogFooter>
      <Button look="primary" onClick={onDone}>
        Done
      </Button>
    </DialogFooter>
  </>
)

const Muted = ({ children }: { children: ReactNode }) => <span className="text-muted">{children}</span>

type LinesProps = Pick<Props, 'items'> & { children: (item: WireListedKey) => ReactNode }

const KeyLines = ({ items, children }: LinesProps) => (
  <ul aria-label="Keys" className="max-h-60 overflow-y-auto rounded-md border border-line">
    {items.map((item) => (
      <li key={item.id} className="flex flex-wrap justify-between gap-x-4 border-line px-3 py-2 not-last:border-b">
        <span className="min-w-0 break-words">
          {item.name} <code className="font-mono text-muted text-sm">{item.key_prefix}</code>
        </span>
        {children(item)}
      </li>
    ))}
  </ul>
)
