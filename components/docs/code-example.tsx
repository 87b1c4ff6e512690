import { ColouredCode } from '@/components/docs/coloured-code'
import { CopyButton } from '@/components/docs/copy-button'
import { CodeBlock } from '@/components/ui/code-block'

type Props = { code: string; language: string; label: string }

/** Code that a reader takes along. */
export const CodeExample = ({ code, language, label }: Props) => (
  <div className="relative min-w-0 rounded-md border border-line bg-subtle">
    <CodeBlock className="px-3 py-2.5 pr-20 leading-5">
      <ColouredCode code={code} language={language} />
    </CodeBlock>
    <div className="absolute top-1.5 right-1.5">
      <CopyButton text={code} label={label} />
    </div>
  </div>
)
