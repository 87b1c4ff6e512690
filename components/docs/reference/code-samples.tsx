import { ColouredCode } from '@/components/docs/coloured-code'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'
import { tabListStyle, tabStyle } from '@/components/ui/tab-style'
import type { OperationDescription } from '@/lib/docs/operation-page'

/** Each panel is shown while its radio is checked: a choice that needs no script. */
const SHOWN: Record<string, string> = {
  curl: 'group-has-[[value=curl]:checked]:block',
  python: 'group-has-[[value=python]:checked]:block',
  javascript: 'group-has-[[value=javascript]:checked]:block',
}

const GRAMMARS: Record<string, string> = { curl: 'bash' }

type Props = Pick<OperationDescription, 'samples' | 'rows'>

/** The call in each language, as it runs. */
export const CodeSamples = ({ samples, rows }: Props) => (
  <div className="group min-w-0 overflow-hidden rounded-md border border-line">
    <fieldset className={tabListStyle({ look: 'framed' })}>
      <legend className="sr-only">Language of the example</legend>
      {samples.map(({ name, label }, index) => (
        <label key={name} className={tabStyle({ look: 'framed' })}>
          <input type="radio" name="language" value={name} defaultChecked={index === 0} className="sr-only" />
          {label}
        </label>
      ))}
    </fieldset>
    {samples.map(({ name, label, code }) => (
      <div key={name} data-sample={name} className={`relative hidden ${SHOWN[name]}`}>
        <CodeBlock className="p-3 leading-5">
          <ColouredCode code={code} language={GRAMMARS[name] ?? name} />
        </CodeBlock>
        <div className="flex justify-end px-2 pb-2">
          <CopyButton text={code} label={`Copy the ${label} example`} />
        </div>
      </div>
    ))}
    <p className="border-line border-t px-3 py-2 text-muted text-sm">
      Set <code className="font-mono">LATCHKEY_API_KEY</code> first
      {rows.map(({ variable, collection }) => (
        <span key={variable}>
          , and <code className="font-mono">{variable}</code> to an id from {collection.replaceAll('_', ' ')}
        </span>
      ))}
      .
    </p>
  </div>
)
