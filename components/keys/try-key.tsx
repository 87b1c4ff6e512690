'use client'

import { Tabs } from '@base-ui/react/tabs'
import { firstCall, maskKey } from '@/components/keys/code-samples'
import { useOrigin } from '@/components/providers/use-origin'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { useCopy } from '@/components/ui/use-copy'
import { LANGUAGES } from '@/lib/samples/languages'

type Props = { secret: string; keyPrefix: string; shown: boolean; onStored: () => void }

/** The first call, ready to paste. Shown with the key hidden as long as the key is; copied with it. */
export function TryKey({ secret, keyPrefix, shown, onStored }: Props) {
  const origin = useOrigin()
  return (
    <Tabs.Root defaultValue="curl" className="flex min-w-0 flex-col overflow-hidden rounded-md border border-line">
      <Tabs.List className="flex border-line border-b bg-subtle px-1" aria-label="Try the key">
        {LANGUAGES.map(({ name, label }) => (
          <Tabs.Tab
            key={name}
            value={name}
            className="-mb-px h-9 border-transparent border-b-2 px-2.5 text-muted focus-visible:-outline-offset-2 data-active:border-accent data-active:text-ink"
          >
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {LANGUAGES.map(({ name, label, write }) => (
        <Tabs.Panel key={name} value={name}>
          <Sample
            code={write(firstCall(origin, shown ? secret : maskKey(secret, keyPrefix)))}
            copied={write(firstCall(origin, secret))}
            label={label}
            onStored={onStored}
          />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
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
