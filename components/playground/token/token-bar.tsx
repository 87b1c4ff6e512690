'use client'

import { type ReactNode, type Ref, useId } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { OwnKeyForm } from '@/components/playground/token/own-key'
import { isEnough, scopeNote } from '@/components/playground/token/scope-note'
import { useSecondsUntil } from '@/components/playground/token/use-clock'
import type { Credential } from '@/components/playground/token/use-credential'
import type { Closed, Generation } from '@/components/playground/token/use-generate'
import { type OwnKey, type TestToken, useVisit } from '@/components/playground/visit'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { NativeSelect } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import type { PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'
import { revokeItselfMutation } from '@/lib/queries/playground-key'

type Props = {
  operation: PlaygroundOperation
  credential: Credential
  generation: Generation
  ref: Ref<HTMLElement>
}

/** With what the requests of the page are opened: a token of an hour, or the reader's own key. */
export function TokenBar({ operation, credential, generation, ref }: Props) {
  const title = useId()
  const token = credential.kind === 'token' ? credential.token : null
  const ended = credential.kind === 'token' ? credential.ended : null
  const settled = credential.kind === 'own' || (token && !ended && isEnough(operation, token))
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-labelledby={title}
      className="flex flex-col items-start gap-3 border-line border-b px-3 py-3 outline-none sm:px-4"
    >
      <h3 id={title} className="sr-only">
        Access
      </h3>
      {credential.kind === 'own' && <OwnKeyLine own={credential.own} />}
      {token && !ended && <TokenLine token={token} note={scopeNote(operation, token)} />}
      <p role="status" className={ended ? undefined : 'sr-only'}>
        {token && !ended && 'A test token is in place.'}
        {token && ended && (
          <>
            The test token <code className="font-mono text-sm">{token.key_prefix}</code>{' '}
            {ended === 'revoked' ? 'was revoked.' : 'has ended: its hour is over.'} Generate a new one to go on.
          </>
        )}
      </p>
      {credential.kind === 'none' && (
        <p className="text-muted">
          A test token works for one hour, on the sandbox of your organisation: nothing here touches live data.
        </p>
      )}
      {!settled && <Generate generation={generation} />}
      {credential.kind !== 'own' && <OwnKeyForm />}
    </section>
  )
}

function Generate({ generation }: { generation: Generation }) {
  const { generate, pending, error, closed, homes, chosen, choose } = generation
  const unchosen = homes !== null && homes.length > 1 && chosen === null
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {homes && homes.length > 1 && (
          <NativeSelect
            aria-label="Organisation"
            value={chosen?.slug ?? ''}
            onChange={(event) => choose(event.target.value)}
            className="w-auto max-w-60"
          >
            <option value="" disabled>
              Choose an organisation
            </option>
            {homes.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
        <Button
          look="primary"
          disabled={pending}
          reason={unchosen ? 'Choose an organisation first.' : closed?.reason}
          onClick={() => void generate()}
        >
          {pending ? 'Generating…' : 'Generate test token'}
        </Button>
      </div>
      {unchosen && <p role="status">You belong to several organisations. Choose the one whose sandbox you try.</p>}
      {homes?.length === 0 && (
        <Notice role="status" title="You belong to no organisation">
          <p>Test tokens are minted in one. Ask an Admin to add you.</p>
        </Notice>
      )}
      {closed && <WhyClosed closed={closed} onRetry={() => void generate()} />}
      {error !== null && <Failure error={error} onRetry={() => void generate()} />}
    </>
  )
}

const WhyClosed = ({ closed, onRetry }: { closed: Closed; onRetry: () => void }) => (
  <Notice
    role="alert"
    title={closed.code === 'developer_api_disabled' ? 'The Developer API is off' : 'You may not hold keys here'}
  >
    <p>{closed.reason}</p>
    <Button size="small" onClick={onRetry}>
      Check again
    </Button>
  </Notice>
)

const Line = ({ children, action }: { children: ReactNode; action: ReactNode }) => (
  <div className="flex w-full flex-wrap items-start justify-between gap-2">
    <div className="flex min-w-0 flex-1 flex-col gap-0.5">{children}</div>
    {action}
  </div>
)

/** No more of a key than its prefix ever stands in the page. */
const Masked = ({ keyPrefix }: { keyPrefix: string }) => (
  <code className="break-all font-mono text-sm">
    {keyPrefix}
    <span aria-hidden="true">••••••••</span>
  </code>
)

const twoDigits = (value: number) => String(value).padStart(2, '0')

function TimeLeft({ until }: { until: number }) {
  const seconds = useSecondsUntil(until)
  return (
    <span role="timer" className="text-muted">
      {Math.floor(seconds / 60)}:{twoDigits(seconds % 60)} left
    </span>
  )
}

function TokenLine({ token, note }: { token: TestToken; note: string | null }) {
  const { markEnded } = useVisit()
  const { submit, pending, error } = useSubmission()
  // It ends itself, as any key may: a Read-Only Admin can do no more to a key, and need not.
  const revoke = () =>
    submit(async () => {
      markEnded(token.id, await revokeItselfMutation(token.key))
    })
  return (
    <>
      <Line
        action={
          <Button size="small" disabled={pending} onClick={() => void revoke()}>
            {pending ? 'Revoking…' : 'Revoke token'}
          </Button>
        }
      >
        <p className="flex flex-wrap items-center gap-x-3">
          <Masked keyPrefix={token.key_prefix} />
          <span>Test</span>
          <TimeLeft until={token.ends_at} />
        </p>
        <p className="break-words text-muted text-sm">
          {token.home.name} · {token.scopes.length > 0 ? token.scopes.join(', ') : 'no scopes'}
        </p>
      </Line>
      {note && <p className="text-sm">{note}</p>}
      {error !== null && <Failure error={error} />}
    </>
  )
}

function OwnKeyLine({ own }: { own: OwnKey }) {
  const { setOwn } = useVisit()
  return (
    <>
      <Line
        action={
          <Button size="small" onClick={() => setOwn(null)}>
            Forget key
          </Button>
        }
      >
        <p className="flex flex-wrap items-center gap-x-3">
          <Masked keyPrefix={own.key_prefix} />
          <span>{own.environment === 'live' ? 'Live' : 'Test'}</span>
          <span className="text-muted">Your own key, kept until you leave these pages</span>
        </p>
      </Line>
      {own.environment === 'live' && (
        <Notice look="warning" title="This key acts on live data.">
          <p>What you send is carried out for real. A test token keeps to the sandbox.</p>
        </Notice>
      )}
    </>
  )
}
