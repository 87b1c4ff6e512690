import { route } from '@/lib/http/dashboard/route'
import { chooseNotices, getNoticeChoices } from '@/lib/people/notices/choose'
import * as notices from '@/lib/people/notices/contract'
import { countUnread, listNotices } from '@/lib/people/notices/list'
import { endMails, lookAtEnd } from '@/lib/people/notices/mail/end'
import { markNoticesRead } from '@/lib/people/notices/mark-read'

const NOTICES = '/account/notices'

/** `/account/notices`: what the person is told, and how they want to be; `/notice-mails`: where a mail's last link leads. */
export const noticeRoutes = [
  route(
    {
      method: 'get',
      path: NOTICES,
      role: 'person',
      query: notices.listNoticesQuery,
      reply: { status: 200, schema: notices.noticePage },
    },
    (own, { query }) => listNotices(own, query),
  ),
  route(
    { method: 'get', path: `${NOTICES}/unread`, role: 'person', reply: { status: 200, schema: notices.unreadNotices } },
    (own) => countUnread(own),
  ),
  route(
    {
      method: 'post',
      path: `${NOTICES}/read`,
      role: 'person',
      proof: 'never',
      body: notices.readNoticesInput,
      reply: { status: 204, schema: null },
    },
    (own, { body }) => markNoticesRead(own, body),
  ),
  route(
    {
      method: 'get',
      path: `${NOTICES}/choices`,
      role: 'person',
      reply: { status: 200, schema: notices.noticeChoices },
    },
    (own) => getNoticeChoices(own),
  ),
  route(
    {
      method: 'put',
      path: `${NOTICES}/choices`,
      role: 'person',
      proof: 'never',
      body: notices.chooseNoticeInput,
      reply: { status: 200, schema: notices.noticeChoices },
    },
    (own, { body }) => chooseNotices(own, body),
  ),
  route(
    {
      method: 'post',
      path: '/notice-mails/look',
      role: 'anybody',
      proof: 'never',
      body: notices.endMailsInput,
      reply: { status: 200, schema: notices.endableMails },
    },
    (visitor, { body }) => lookAtEnd(visitor, body),
  ),
  route(
    {
      method: 'post',
      path: '/notice-mails/off',
      role: 'anybody',
      proof: 'never',
      body: notices.endMailsInput,
      reply: { status: 204, schema: null },
    },
    (visitor, { body }) => endMails(visitor, body),
  ),
]
