'use client'

import { useState } from 'react'
import { useCopy } from '@/components/hooks/use-copy'
import { useOrigin } from '@/components/hooks/use-origin'
import { firstCall } from '@/components/keys/reveal/first-call'
import { maskKey } from '@/components/keys/reveal/mask-key'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Tabs } from '@/components/ui/tabs'
import { LANGUAGES } from '@/lib/contracts/samples/languages'

type Props = { secret: string; keyPrefix: string; shown: boolean; onStored: () => void }

/** The first call, ready to paste. Shown with the key hidden as long as the key is; copied with it. */
export function TryKey({ secret, keyPrefix, shown, onStored }: Props) {
  const origin = useOrigin()
  const [language, setLanguage] = useState('curl')
  const tabs = LANGUAGES.map(({ name, label, write }) => ({
    value: name,
    label,
    panel: (
      <Sample
        code={write(firstCall(origin, shown ? secret : maskKey(secret, keyPrefix)))}
        copied={write(firstCall(origin, secret))}
        label={label}
        onStored={onStored}
      />
    ),
  }))
  return <Tabs look="framed" label="Try the key" value={language} tabs={tabs} onChange={setLanguage} />
}

type SampleProps = { code: string; copied: string; label: string; onStored: () => void }

function Sample({ code, copied, label, onStored }: SampleProps) {
  const { state, copy } = useCopy()
  return (
    <div className="flex items-start gap-2 p-2 pl-3">
      <CodeBlock className="min-w-0 flex-1 py-1">{code}</CodeBlock>
      <div className="flex flex-col items-end">
        <Button
          size="small"
          aria-label={`Copy the ${label} example`}
          onClick={async () => {
            if (await copy(copied)) onStored()
          }}
        >
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
        <p role="status" className="text-muted text-xs empty:hidden">
          {state === 'failed' && 'Select and copy by hand.'}
        </p>
      </div>
    </div>
  )
}
