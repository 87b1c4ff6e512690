'use client'

import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { type Verification, verifyKey } from '@/lib/queries/verify-key'

/** Calls the API with the new key, from this browser, and shows what it answered. */
export function VerifyKey({ secret }: { secret: string }) {
  const [result, setResult] = useState<Verification | 'asking' | null>(null)
  const verify = async () => {
    setResult('asking')
    setResult(await verifyKey(secret))
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <Button disabled={result === 'asking'} onClick={() => void verify()}>
        {result === 'asking' ? 'Verifying…' : 'Verify now'}
      </Button>
      <p role="status" className="flex min-w-0 flex-1 items-start gap-1.5">
        {result !== null && result !== 'asking' && (
          <>
            {result.works ? (
              <Check size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-good" />
            ) : (
              <X size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-danger" />
            )}
            <span className="min-w-0 break-words">{result.message}</span>
          </>
        )}
      </p>
    </div>
  )
}
