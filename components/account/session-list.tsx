'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AccountSection } from '@/components/account/account-section'
import { browserName } from '@/components/account/browser-name'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { useToast } from '@/components/ui/toast'
import { endOtherSessionsMutation, endSessionMutation, sessionsQuery, type WireSession } from '@/lib/queries/account'
import { browserClient } from '@/lib/queries/client'

/** Where the person is signed in, and the way to end it. */
export function SessionList() {
  const { data, error, refetch } = useQuery(sessionsQuery(browserClient))
  const queryClient = useQueryClient()
  const toast = useToast()
  const ending = useSubmission()
  const sessions = data?.data ?? []

  const end = (work: () => Promise<string>) =>
    ending.submit(async () => {
      const done = await work()
      await queryClient.invalidateQueries({ queryKey: ['account', 'sessions'] })
      toast(done)
    })
  const endOne = ({ id, user_agent }: WireSession) =>
    end(async () => {
      await endSessionMutation(id)
      return `Ended the session in ${browserName(user_agent)}.`
    })
  const endOthers = () =>
    end(async () => {
      const { ended } = await endOtherSessionsMutation()
      return `Ended ${ended === 1 ? '1 other session' : `${ended} other sessions`}.`
    })

  return (
    <AccountSection
      title="Sessions"
      description="Where you are signed in. Each ends by itself a week after its sign-in."
    >
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-16 w-full" />}
      <ul className="flex flex-col">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b py-3 first:pt-0"
          >
            <div className="min-w-0">
              <p className="break-words font-medium">{browserName(session.user_agent)}</p>
              <p className="break-words text-muted text-sm">
                {session.address ?? 'Address not known'}, signed in <Time at={session.created_at} past />
              </p>
            </div>
            {session.current ? (
              <span className="text-muted">This one</span>
            ) : (
              <Button
                size="small"
                disabled={ending.pending}
                aria-label={`End the session in ${browserName(session.user_agent)}`}
                onClick={() => void endOne(session)}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {ending.error !== null && <Failure error={ending.error} />}
      {data && (
        <div className="flex">
          <Button
            disabled={ending.pending}
            reason={sessions.length > 1 ? undefined : 'You are signed in here only.'}
            onClick={() => void endOthers()}
          >
            Sign out everywhere else
          </Button>
        </div>
      )}
    </AccountSection>
  )
}
