'use client'

import { cx } from 'class-variance-authority'
import { type RefObject, useId, useRef } from 'react'
import { BodyForm } from '@/components/playground/request/body-form'
import { findJsonProblem, type JsonProblem } from '@/components/playground/request/json-problem'
import { Tabs } from '@/components/ui/tabs'
import type { PlaygroundField } from '@/lib/http/api/openapi/playground-form'

type Props = {
  fields: PlaygroundField[]
  text: string
  onChange: (text: string) => void
  /** Sent by Ctrl+Enter. */
  onSend: () => void
  view: BodyView
  onView: (view: BodyView) => void
  editor: RefObject<HTMLTextAreaElement | null>
}

export type BodyView = 'json' | 'form'

/** The body of a request: JSON, typed or filled in by a form. The JSON is what is sent; the form writes into it. */
export function BodyEditor({ fields, text, onChange, onSend, view, onView, editor }: Props) {
  const title = useId()
  const problem = text.trim() === '' ? null : findJsonProblem(text)
  const json = <JsonText {...{ text, onChange, onSend, editor, problem }} labelledBy={title} />
  return (
    <div className="flex flex-col gap-1.5">
      <h4 id={title} className="font-medium">
        Body
      </h4>
      {fields.length === 0 ? (
        json
      ) : (
        <Tabs
          look="compact"
          labelledBy={title}
          value={view}
          onChange={onView}
          tabs={[
            { value: 'json', label: 'JSON', panel: json },
            { value: 'form', label: 'Form', panel: <BodyForm {...{ fields, text, problem, onChange }} /> },
          ]}
        />
      )}
    </div>
  )
}

type JsonTextProps = Pick<Props, 'text' | 'onChange' | 'onSend' | 'editor'> & {
  problem: JsonProblem | null
  labelledBy: string
}

const FEWEST_LINES = 4

/** A plain text area beside the numbers of its lines; the one that is wrong is marked. Lines do not wrap, so that both stay level. */
function JsonText({ text, onChange, onSend, editor, problem, labelledBy }: JsonTextProps) {
  const id = useId()
  const numbers = useRef<HTMLDivElement>(null)
  const count = text.split('\n').length
  const lines = Array.from({ length: count }, (_, index) => index + 1)
  return (
    <div className="flex flex-col gap-1.5">
      <div
        className={cx(
          'flex max-h-96 overflow-hidden rounded-md border bg-canvas font-mono text-sm leading-5 focus-within:outline-2 focus-within:outline-accent',
          problem ? 'border-danger' : 'border-control',
        )}
      >
        <div
          ref={numbers}
          aria-hidden="true"
          className="shrink-0 select-none overflow-hidden border-line border-r bg-subtle py-1.5 text-right text-muted"
        >
          {lines.map((line) => (
            <div
              key={line}
              className={cx('px-2', line === problem?.line && 'bg-danger-soft font-semibold text-danger')}
            >
              {line}
            </div>
          ))}
        </div>
        <textarea
          ref={editor}
          aria-labelledby={labelledBy}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? id : undefined}
          rows={Math.max(count, FEWEST_LINES)}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            onSend()
          }}
          className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-2.5 py-1.5 text-ink outline-none"
        />
      </div>
      {problem && (
        <p id={id} className="text-danger text-sm">
          Line {problem.line}, column {problem.column}: {problem.message}
        </p>
      )}
    </div>
  )
}
