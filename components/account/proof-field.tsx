'use client'

import { useEffect, useRef } from 'react'
import { SingleSignOnProof } from '@/components/account/single-sign-on-proof'
import type { Proof } from '@/components/account/use-proof'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'

/** Asks in place, in the dialog whose change needs it, whether it is still the same person. */
export function ProofField({ proof }: { proof: Proof }) {
  if (!proof.asked) return null
  return proof.bySingleSignOn ? <SingleSignOnProof onConfirmed={proof.goOn} /> : <PasswordProof proof={proof} />
}

function PasswordProof({ proof }: { proof: Proof }) {
  const input = useRef<HTMLInputElement>(null)
  const { problem } = proof
  // It appears below what is being read; after a wrong password the hands go on here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new problem is the reason to come back here
  useEffect(() => input.current?.focus(), [problem])
  return (
    <Notice title="Confirm that it is you">
      <Field
        label="Your password"
        hint="You last entered it more than 15 minutes ago. Nothing has been changed yet."
        error={problem}
        className="w-full"
      >
        {(control) => (
          <Input
            {...control}
            ref={input}
            type="password"
            autoComplete="current-password"
            value={proof.password}
            onChange={(event) => proof.setPassword(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              proof.goOn()
            }}
          />
        )}
      </Field>
    </Notice>
  )
}
