import { route } from '@/lib/http/dashboard/route'
import { changePassword } from '@/lib/people/account/change-password'
import {
  account,
  accountSessions,
  changePasswordInput,
  endedSessions,
  proveInput,
  renameInput,
} from '@/lib/people/account/contract'
import { endOtherSessions } from '@/lib/people/account/end-other-sessions'
import { endSession } from '@/lib/people/account/end-session'
import { getAccount } from '@/lib/people/account/get'
import { listSessions } from '@/lib/people/account/list-sessions'
import { prove } from '@/lib/people/account/prove'
import { rename } from '@/lib/people/account/rename'
import { whoIsSignedIn } from '@/lib/people/members/contract'
import { listMemberships } from '@/lib/people/members/list-memberships'

const ACCOUNT = '/account'
const SESSIONS = '/account/sessions'

/** `/session` and `/account`: who is signed in, and the person's own name, password and sessions. */
export const accountRoutes = [
  route(
    { method: 'get', path: '/session', role: 'person', reply: { status: 200, schema: whoIsSignedIn } },
    async ({ db, user }) => ({ user, organizations: await listMemberships(db, user.id) }),
  ),
  route({ method: 'get', path: ACCOUNT, role: 'person', reply: { status: 200, schema: account } }, (own) =>
    getAccount(own),
  ),
  route(
    {
      method: 'patch',
      path: ACCOUNT,
      role: 'person',
      proof: 'never',
      body: renameInput,
      reply: { status: 200, schema: account },
    },
    (own, { body }) => rename(own, body),
  ),
  route(
    {
      method: 'post',
      path: `${ACCOUNT}/password`,
      role: 'person',
      proof: 'to_widen',
      body: changePasswordInput,
      reply: { status: 204, schema: null },
    },
    (own, { body }) => changePassword(own, body),
  ),
  route(
    {
      method: 'post',
      path: `${ACCOUNT}/proof`,
      role: 'person',
      proof: 'never',
      body: proveInput,
      reply: { status: 204, schema: null },
    },
    (own, { body }) => prove(own, body),
  ),
  route(
    { method: 'get', path: SESSIONS, role: 'person', reply: { status: 200, schema: accountSessions } },
    async (own) => ({ data: await listSessions(own) }),
  ),
  route(
    {
      method: 'post',
      path: `${SESSIONS}/end-others`,
      role: 'person',
      proof: 'never',
      reply: { status: 200, schema: endedSessions },
    },
    (own) => endOtherSessions(own),
  ),
  route(
    {
      method: 'delete',
      path: `${SESSIONS}/:id`,
      role: 'person',
      proof: 'never',
      names: 'session',
      reply: { status: 204, schema: null },
    },
    (own, { params: { id } }) => endSession(own, { id }),
  ),
]
