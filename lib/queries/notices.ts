import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { MINUTE_MS } from '@/lib/base/time'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body, succeed } from '@/lib/queries/request-error'

type NoticeRoutes = DashboardClient['account']['notices']

export type WireNotice = InferResponseType<NoticeRoutes['$get'], 200>['data'][number]
export type WireNoticeChoice = InferResponseType<NoticeRoutes['choices']['$get'], 200>['choices'][number]
type ReadBody = InferRequestType<NoticeRoutes['read']['$post']>['json']

/** Everything that is kept of the person's notices; invalidated after every change. */
export const NOTICES = ['notices']

const firstPage = (): string | null => null

export const noticeListQuery = (client: DashboardClient) =>
  infiniteQueryOptions({
    queryKey: [...NOTICES, 'list'],
    queryFn: ({ pageParam }) =>
      body(client.account.notices.$get({ query: pageParam === null ? {} : { cursor: pageParam } })),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next_cursor,
  })

export const unreadNoticesQuery = (client: DashboardClient) =>
  queryOptions({
    queryKey: [...NOTICES, 'unread'],
    queryFn: () => body(client.account.notices.unread.$get()),
    refetchInterval: MINUTE_MS / 2,
  })

export const noticeChoicesQuery = (client: DashboardClient) =>
  queryOptions({ queryKey: ['notice-choices'], queryFn: () => body(client.account.notices.choices.$get()) })

const { notices } = browserClient.account
const mails = browserClient['notice-mails']

/** Those that are named; without a name all. */
export const readNoticesMutation = async (json: ReadBody = {}) => {
  await succeed(notices.read.$post({ json }))
}

export const chooseNoticesMutation = (json: WireNoticeChoice) => body(notices.choices.$put({ json }))

/** Which mails the link of a mail ends. */
export const endableMailsQuery = (token: string) =>
  queryOptions({ queryKey: ['notice-mails', token], queryFn: () => body(mails.look.$post({ json: { token } })) })

export const endMailsMutation = async (token: string) => {
  await succeed(mails.off.$post({ json: { token } }))
}
