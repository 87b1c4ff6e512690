'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { RevocationFields } from '@/components/keys/actions/revocation-fields'
import { useRevocation } from '@/components/keys/actions/use-revocation'
import { countOf } from '@/components/keys/describe-calls'
import { trafficInWords, trafficOfDays } from '@/components/keys/traffic'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { keysOf, revokeKeysMutation, type WireListedKey, type WireRevocation } from '@/lib/queries/keys'

type Props = {
  org: string
  items: readonly WireListedKey[]
  open: boolean
  onClose: () => void
  onRevoked: () => void
  returnFocus: () => HTMLElement | null
}

const RESULTS: Record<WireRevocation['result'], string> = {
  revoked: 'Revoked',
  already_revoked: 'Was revoked already',
  not_found: 'Is no longer there',
  refused: 'Not revoked',
}

/** Revokes the ticked keys, and then says of each what has become of it. */
export function RevokeKeysDialog({ org, items, open, onClose, onRevoked, returnFocus }: Props) {
  const [results, setResults] = useState<readonly WireRevocation[] | null>(null)
  const queryClient = useQueryClient()
  const revocation = useRevocation()
  const { submit, pending, error } = revocation.submission

  const revoke = () =>
    submit(async () => {
      const { data } = await revokeKeysMutation(org, { ids: items.map(({ id }) => id), ...revocation.body })
      setResults(data)
      onRevoked()
      await queryClient.invalidateQueries({ queryKey: keysOf(org) })
    })

  const done = results?.filter(({ result }) => result === 'revoked').length ?? 0
  const what = countOf(items.length, 'key')
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={results ? `Revoked ${done} of ${what}` : `Revoke ${what}?`}
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      <DialogBody>
        {!results && <p>From this moment every request with them is refused. {revocation.reversible}</p>}
        <ul aria-label="Keys" className="max-h-60 overflow-y-auto rounded-md border border-line">
          {items.map((item) => {
            const result = results?.find(({ id }) => id === item.id)
            return (
              <li
                key={item.id}
                className="flex flex-wrap justify-between gap-x-4 border-line px-3 py-2 not-last:border-b"
              >
                <span className="min-w-0 break-words">
                  {item.name} <code className="font-mono text-muted text-sm">{item.key_prefix}</code>
                </span>
                <span className={result?.result === 'refused' ? 'text-danger' : 'text-muted'}>
                  {result
                    ? `${RESULTS[result.result]}${result.detail ? `: ${result.detail}` : ''}`
                    : trafficInWords(trafficOfDays(item))}
                </span>
              </li>
            )
          })}
        </ul>
        {!results && <RevocationFields revocation={revocation} />}
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        {results ? (
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="danger" disabled={pending || revocation.problem !== undefined} onClick={() => void revoke()}>
              {pending ? 'Revoking…' : `Revoke ${what}`}
            </Button>
          </>
        )}
      </DialogFooter>
    </Dialog>
  )
}
