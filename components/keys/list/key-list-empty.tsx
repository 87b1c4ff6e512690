'use client'

import type { ReactNode } from 'react'
import { useOrigin } from '@/components/hooks/use-origin'
import { firstCall } from '@/components/keys/reveal/first-call'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { writeCurl } from '@/lib/contracts/samples/curl'

type Props = { filtered: boolean; onClear: () => void; create: ReactNode }

/** An empty list: because nothing matches, or because there is no key yet; then with what the first call looks like. */
export function KeyListEmpty({ filtered, onClear, create }: Props) {
  const origin = useOrigin()
  if (filtered) {
    return (
      <div className="flex flex-col items-start gap-3 py-10">
        <p className="font-medium">No key matches.</p>
        <Button onClick={onClear}>Clear search and filters</Button>
      </div>
    )
  }
  return (
    <div className="flex flex-col items-start gap-4 py-10">
      <div>
        <p className="font-medium">No API keys yet</p>
        <p className="text-muted">Create one, then make the first call with it:</p>
      </div>
      <CodeBlock className="max-w-full rounded-md border border-line bg-subtle px-3 py-2">
        {writeCurl(firstCall(origin, 'YOUR_API_KEY'))}
      </CodeBlock>
      {create}
    </div>
  )
}
