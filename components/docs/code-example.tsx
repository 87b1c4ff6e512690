import { ColouredCode } from '@/components/docs/coloured-code'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'

type Props = { code: string; language: string; label: string }

/** Code that a reader takes along. The button stands beside it: code that scrolls must not pass below. */
export const CodeExample = ({ code, language, label }: Props) => (
  <div className="flex min-w-0 items-start rounded-md border border-line bg-subtle">
    <CodeBlock className="min-w-0 flex-1 px-3 py-2.5 leading-5">
      <ColouredCode code={code} language={language} />
    </CodeBlock>
    <div className="p-1.5">
      <CopyButton text={code} label={label} />
    </div>
  </div>
)
