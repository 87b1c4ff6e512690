'use client'

import { useState } from 'react'
import { useOrigin } from '@/components/hooks/use-origin'
import { firstCall } from '@/components/keys/reveal/first-call'
import { maskKey } from '@/components/keys/reveal/mask-key'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'
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
      <div className="flex items-start gap-2 p-2 pl-3">
        <CodeBlock className="min-w-0 flex-1 py-1">
          {write(firstCall(origin, shown ? secret : maskKey(secret, keyPrefix)))}
        </CodeBlock>
        <CopyButton text={write(firstCall(origin, secret))} label={`Copy the ${label} example`} onCopied={onStored} />
      </div>
    ),
  }))
  return <Tabs look="framed" label="Try the key" value={language} tabs={tabs} onChange={setLanguage} />
}
