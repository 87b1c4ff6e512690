'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { KIND_LABELS } from '@/components/notices/notice-labels'
import { Failure } from '@/components/shell/failure'
import { NarrowPage } from '@/components/shell/narrow-page'
import { Button } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { endableMailsQuery, endMailsMutation } from '@/lib/queries/notices'
import { RequestError } from '@/lib/queries/request-error'

const linkStyle = 'text-accent hover:underline'

/** Where the last link of a mail leads. Its token stands behind the #, which browsers keep to themselves. */
export function EndMailsPage() {
  const [token, setToken] = useState<string | null>(null)
  useEffect(() => setToken(window.location.hash.slice(1)), [])
  if (token === null)
    return (
      <NarrowPage title="No more mails">
        <Skeleton className="h-20 w-full" />
      </NarrowPage>
    )
  return token === '' ? <Broken /> : <Ending token={token} />
}

const Broken = () => (
  <NarrowPage title="This link is not whole">
    <p className="text-muted">Open it as it stands in the mail, or choose in your account what you are told.</p>
    <PageLink href="/account#notices" className={linkStyle}>
      To your account
    </PageLink>
  </NarrowPage>
)

function Ending({ token }: { token: string }) {
  const { data, error, refetch } = useQuery(endableMailsQuery(token))
  const { submit, pending, error: refusal } = useSubmission()
  const [done, setDone] = useState(false)
  if (error instanceof RequestError && [404, 422].includes(error.problem.status)) return <Broken />
  const end = () =>
    submit(async () => {
      await endMailsMutation(token)
      setDone(true)
    })
  return (
    <NarrowPage title={done ? 'These mails have ended' : 'No more mails like this?'}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-20 w-full" />}
      {data && (
        <>
          <p className="break-words text-muted" role={done ? 'status' : undefined}>
            {done ? `Nothing more is mailed to ${data.email} when:` : `This ends what is mailed to ${data.email} when:`}
          </p>
          <ul className="list-disc pl-5">
            {data.kinds.map((kind) => (
              <li key={kind}>{KIND_LABELS[kind].label.replace(/^A /, 'a ')}</li>
            ))}
          </ul>
          <p className="text-muted">
            {done ? 'The bell in Latchkey tells of it as before.' : 'The bell in Latchkey goes on telling of it.'}
          </p>
        </>
      )}
      {refusal !== null && <Failure error={refusal} />}
      {data && !done && (
        <Button look="primary" disabled={pending} onClick={() => void end()}>
          {pending ? 'One moment…' : 'End these mails'}
        </Button>
      )}
      <PageLink href="/account#notices" className={linkStyle}>
        Choose what you are told
      </PageLink>
    </NarrowPage>
  )
}
