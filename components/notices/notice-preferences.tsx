'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AccountSection } from '@/components/account/account-section'
import { useSubmission } from '@/components/hooks/use-submission'
import { KIND_LABELS, WAY_LABELS } from '@/components/notices/notice-labels'
import { Failure } from '@/components/shell/failure'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { useToast } from '@/components/ui/toast'
import { noticeWay } from '@/lib/people/notices/contract'
import { browserClient } from '@/lib/queries/client'
import { chooseNoticesMutation, noticeChoicesQuery, type WireNoticeChoice } from '@/lib/queries/notices'

const WAYS = noticeWay.options.map((value) => ({ value, label: WAY_LABELS[value] }))

/** How the person wants to be told of each kind. Each choice is kept as it is made. */
export function NoticePreferences() {
  const { data, error, refetch } = useQuery(noticeChoicesQuery(browserClient))
  const queryClient = useQueryClient()
  const toast = useToast()
  const change = useSubmission()
  const choose = (choice: WireNoticeChoice) =>
    change.submit(async () => {
      queryClient.setQueryData(noticeChoicesQuery(browserClient).queryKey, await chooseNoticesMutation(choice))
      toast(`${KIND_LABELS[choice.kind].label}: ${WAY_LABELS[choice.way].toLowerCase()}.`)
    })
  return (
    <div id="notices" className="scroll-mt-8">
      <AccountSection
        title="Notices"
        description="What you are told of the keys of your organisations as an Admin, or of those that you made. Mails of the day go out at 07:00 UTC."
      >
        {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="h-40 w-full" />}
        {data && !data.mails && (
          <p className="text-muted">This server sends no mail: whatever you choose, you are told in the bell alone.</p>
        )}
        <ul className="flex flex-col">
          {data?.choices.map(({ kind, way }) => (
            <li
              key={kind}
              className="flex justify-between gap-x-4 gap-y-2 border-line border-b py-3 first:pt-0 max-md:flex-col max-md:items-start md:items-center"
            >
              <div className="min-w-0">
                <p className="font-medium">{KIND_LABELS[kind].label}</p>
                <p className="text-muted text-sm">{KIND_LABELS[kind].hint}</p>
              </div>
              <Select
                label={KIND_LABELS[kind].label}
                quiet
                value={way}
                options={WAYS}
                onChange={(next) => void choose({ kind, way: next })}
              />
            </li>
          ))}
        </ul>
        {change.error !== null && <Failure error={change.error} />}
      </AccountSection>
    </div>
  )
}
