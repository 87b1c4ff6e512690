'use client'

import { useQuery } from '@tanstack/react-query'
import { NameForm } from '@/components/account/name-form'
import { PasswordForm } from '@/components/account/password-form'
import { SessionList } from '@/components/account/session-list'
import { NoticePreferences } from '@/components/notices/notice-preferences'
import { Failure } from '@/components/shell/failure'
import { Mark } from '@/components/shell/mark'
import { OfflineBanner } from '@/components/shell/offline-banner'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { accountQuery } from '@/lib/queries/account'
import { browserClient } from '@/lib/queries/client'

/** What is a person's own, whichever organisation they work in: name, password, sessions. */
export function AccountPage() {
  const { data, error, refetch } = useQuery(accountQuery(browserClient))
  return (
    <>
      <OfflineBanner />
      <main className="mx-auto flex w-full max-w-2xl flex-col gap-8 px-4 py-8 md:py-12">
        <header className="flex flex-col gap-4">
          <div className="flex items-center justify-between gap-4">
            <Mark />
            <PageLink href="/" className="text-accent hover:underline">
              Back to the settings
            </PageLink>
          </div>
          <div>
            <h1 className="font-semibold text-xl">Your account</h1>
            {data && <p className="break-words text-muted">{data.email}</p>}
          </div>
        </header>
        {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
        {data ? (
          <>
            <NameForm account={data} />
            <PasswordForm account={data} />
            <NoticePreferences />
            <SessionList />
          </>
        ) : (
          !error && <Skeleton className="h-40 w-full" />
        )}
      </main>
    </>
  )
}
