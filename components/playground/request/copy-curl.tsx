'use client'

import { useCopy } from '@/components/hooks/use-copy'
import { useOrigin } from '@/components/hooks/use-origin'
import { type PlaygroundRequest, toCurl } from '@/components/playground/request/request'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'

/** Copies the request for a shell, with the key as `$LATCHKEY_API_KEY`. */
export function CopyCurl({ request }: { request: PlaygroundRequest }) {
  const origin = useOrigin()
  const { state, copy } = useCopy()
  const command = toCurl(origin, request)
  return (
    <>
      <Button onClick={() => void copy(command)}>{state === 'copied' ? 'Copied' : 'Copy as cURL'}</Button>
      <div role="status" className="min-w-0 basis-full empty:hidden">
        {state === 'copied' && <span className="sr-only">Copied</span>}
        {state === 'failed' && (
          <>
            <p className="text-muted text-sm">The browser refused to copy. Select it and copy by hand:</p>
            <CodeBlock className="mt-1 select-all rounded-md bg-subtle px-3 py-2">{command}</CodeBlock>
          </>
        )}
      </div>
    </>
  )
}
