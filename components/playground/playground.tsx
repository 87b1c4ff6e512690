'use client'

import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { useHydrated } from '@/components/hooks/use-hydrated'
import { ReplyView } from '@/components/playground/reply-view'
import type { BodyView } from '@/components/playground/request/body-editor'
import { CopyCurl } from '@/components/playground/request/copy-curl'
import { findJsonProblem } from '@/components/playground/request/json-problem'
import { buildRequest, emptyEntries, missingEntries } from '@/components/playground/request/request'
import { RequestForm } from '@/components/playground/request/request-form'
import { useSend } from '@/components/playground/request/use-send'
import { TokenBar } from '@/components/playground/token/token-bar'
import { type Credential, keyOf, useCredential } from '@/components/playground/token/use-credential'
import { useGenerate } from '@/components/playground/token/use-generate'
import { useVisit } from '@/components/playground/visit'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import type { PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'

/** Why nothing can be sent; undefined: it can. */
function reasonNotToSend(credential: Credential): string | undefined {
  if (keyOf(credential) !== null) return undefined
  return credential.kind === 'token'
    ? 'The test token has ended. Generate a new one first.'
    : 'Generate a test token first, or use a key of your own.'
}

/** Tries an operation from its own page: a form drawn from its schemas, a token of an hour, and the reply. */
export function Playground({ operation }: { operation: PlaygroundOperation }) {
  const hydrated = useHydrated()
  const { created } = useVisit()
  const [entries, setEntries] = useState(() => emptyEntries(operation, created[operation.resource.name]))
  const [missing, setMissing] = useState<string[]>([])
  const [view, setView] = useState<BodyView>('json')
  const credential = useCredential(operation.resource.name)
  const generation = useGenerate(operation.resource.name)
  const sending = useSend(operation, credential)
  const form = useRef<HTMLFormElement>(null)
  const editor = useRef<HTMLTextAreaElement>(null)
  const bar = useRef<HTMLElement>(null)
  const [toMend, setToMend] = useState(0)
  const request = buildRequest(operation, entries)
  const reason = reasonNotToSend(credential)

  // A button that has done its work is gone, and the focus with it: it goes on where the work shows.
  const opened = reason === undefined
  const wasOpened = useRef(opened)
  useEffect(() => {
    if (wasOpened.current !== opened && document.activeElement === document.body) bar.current?.focus()
    wasOpened.current = opened
  }, [opened])

  // After the JSON is in sight again, where the form was before.
  useEffect(() => {
    const problem = toMend > 0 && editor.current && findJsonProblem(editor.current.value)
    if (!problem) return
    editor.current?.focus()
    editor.current?.setSelectionRange(problem.offset, problem.offset + problem.length)
  }, [toMend])

  const send = () => {
    if (reason !== undefined) return
    const empty = missingEntries(operation, entries)
    setMissing(empty)
    if (empty.length > 0) return form.current?.querySelector<HTMLInputElement>(`input[name="${empty[0]}"]`)?.focus()
    if (typeof request.body === 'string' && findJsonProblem(request.body)) {
      setView('json')
      return setToMend(toMend + 1)
    }
    void sending.send(request)
  }

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    send()
  }

  return (
    // What is entered or pressed before its code has come would be lost.
    <fieldset disabled={!hydrated} className="noscript:hidden min-w-0 rounded-lg border border-line">
      <TokenBar operation={operation} credential={credential} generation={generation} ref={bar} />
      <form
        ref={form}
        method="post"
        noValidate
        onSubmit={submit}
        className="flex flex-col gap-5 px-3 py-4 sm:px-4"
        aria-label="Request"
      >
        <p className="break-all font-mono text-sm">
          <span className="font-semibold">{request.method}</span> /api/v1{request.path}
        </p>
        <RequestForm
          {...{ operation, entries, missing, view, editor }}
          onChange={setEntries}
          onSend={send}
          onView={setView}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" look="primary" disabled={sending.pending} reason={reason}>
            {sending.pending ? 'Sending…' : 'Send'}
          </Button>
          <CopyCurl request={request} />
        </div>
      </form>
      <section aria-label="Reply" aria-busy={sending.pending}>
        <p role="status" className="sr-only">
          {sending.reply && `The API answered ${sending.reply.status} ${sending.reply.problem?.code ?? ''}`}
        </p>
        {(sending.reply || sending.error !== null) && (
          <div className="border-line border-t px-3 py-4 sm:px-4">
            {sending.error !== null && <Failure error={sending.error} />}
            {sending.reply && (
              <ReplyView
                reply={sending.reply}
                scope={operation.scope}
                credential={credential}
                onRenew={() => {
                  bar.current?.focus()
                  void generation.generate()
                }}
              />
            )}
          </div>
        )}
      </section>
    </fieldset>
  )
}
