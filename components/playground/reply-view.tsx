'use client'

import { fileNameIn } from '@/components/playground/file-name'
import { endedBy } from '@/components/playground/request/use-send'
import type { Credential } from '@/components/playground/token/use-credential'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { saveFile } from '@/components/ui/save-file'
import type { ApiReply } from '@/lib/queries/playground-key'

type Props = { reply: ApiReply; scope: string | null; credential: Credential; onRenew: () => void }

const SHOWN_HEADERS = [
  'X-Request-Id',
  'ETag',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
] as const

/** What the API answered, whole: the status, how long it took, where the caller stands, and the body. */
export function ReplyView({ reply, scope, credential, onRenew }: Props) {
  const { status, reason, milliseconds, headers, text, file, json, problem } = reply
  const present = SHOWN_HEADERS.flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [{ name, value }]
  })
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-x-3">
        <strong className={status < 400 ? 'font-semibold text-good' : 'font-semibold text-danger'}>
          {`${status} ${reason}`.trim()}
        </strong>
        {problem && <code className="font-mono text-sm">{problem.code}</code>}
        <span className="text-muted">{milliseconds} ms</span>
      </p>
      {problem && <p className="break-words">{problem.detail}</p>}
      {endedBy(reply) && credential.kind === 'token' && credential.ended && (
        <Notice
          look="warning"
          title={credential.ended === 'revoked' ? 'This test token was revoked' : 'This test token has ended'}
        >
          <p>Nothing was changed. What you entered stays; send it again with a new token.</p>
          <Button size="small" onClick={onRenew}>
            Generate a new token
          </Button>
        </Notice>
      )}
      {problem?.code === 'developer_api_disabled' && (
        <Notice look="warning" title="The Developer API is off">
          <p>
            It was switched off for this organisation: none of its keys works. Only a platform admin can turn it on.
          </p>
        </Notice>
      )}
      <Facts
        look="compact"
        facts={[
          {
            name: 'Required scope',
            value: scope ? <code className="font-mono">{scope}</code> : 'none: any key',
          },
          ...present.map(({ name, value }) => ({
            name,
            value: <code className="select-all break-all font-mono">{value}</code>,
          })),
        ]}
      />
      {file ? (
        // A page of ours never shows what bytes claim to be.
        <p>
          <Button onClick={() => saveFile(file, fileNameIn(headers.get('Content-Disposition')))}>
            Save the file, {file.size.toLocaleString('en')} bytes
          </Button>
        </p>
      ) : text === '' ? (
        <p className="text-muted text-sm">The reply has no body.</p>
      ) : (
        <CodeBlock className="max-h-96 overflow-y-auto rounded-md bg-subtle px-3 py-2 leading-5">
          {json === undefined ? text : JSON.stringify(json, null, 2)}
        </CodeBlock>
      )}
    </div>
  )
}
