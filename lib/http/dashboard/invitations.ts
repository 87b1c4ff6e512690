import { route } from '@/lib/http/dashboard/route'
import { acceptInvitation } from '@/lib/people/members/invitations/accept'
import {
  acceptedInvitation,
  acceptInput,
  deliveredInvitation,
  invitationList,
  invitationView,
  inviteInput,
  lookInput,
  resendInput,
} from '@/lib/people/members/invitations/contract'
import { deliverInvitation } from '@/lib/people/members/invitations/deliver'
import { invite } from '@/lib/people/members/invitations/invite'
import { listInvitations } from '@/lib/people/members/invitations/list'
import { lookAtInvitation } from '@/lib/people/members/invitations/look'
import { resendInvitation } from '@/lib/people/members/invitations/resend'
import { withdrawInvitation } from '@/lib/people/members/invitations/withdraw'

const INVITATIONS = '/orgs/:org/invitations'
const names = 'invitation'

/**
 * `/orgs/:org/invitations`: those that wait for their person. `/invitations`: for whoever has a link, whose token is the
 * proof.
 */
export const invitationRoutes = [
  route(
    { method: 'get', path: INVITATIONS, role: 'see_people', reply: { status: 200, schema: invitationList } },
    async (ctx) => ({ data: await listInvitations(ctx) }),
  ),
  route(
    {
      method: 'post',
      path: INVITATIONS,
      role: 'manage_people',
      proof: 'to_widen',
      body: inviteInput,
      reply: { status: 201, schema: deliveredInvitation },
    },
    async (ctx, { body }) => deliverInvitation(await invite(ctx, body), ctx.organization.name),
  ),
  route(
    {
      method: 'post',
      path: `${INVITATIONS}/:id/resend`,
      role: 'manage_people',
      proof: 'to_widen',
      names,
      body: resendInput,
      reply: { status: 200, schema: deliveredInvitation },
    },
    async (ctx, { params: { id }, body }) =>
      deliverInvitation(await resendInvitation(ctx, { id, ...body }), ctx.organization.name),
  ),
  route(
    {
      method: 'post',
      path: `${INVITATIONS}/:id/withdraw`,
      role: 'manage_people',
      proof: 'never',
      names,
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id } }) => withdrawInvitation(ctx, { id }),
  ),
  route(
    {
      method: 'post',
      path: '/invitations/look',
      role: 'anybody',
      proof: 'never',
      body: lookInput,
      reply: { status: 200, schema: invitationView },
    },
    async ({ db, user }, { body: { token } }) => lookAtInvitation(db, token, await user()),
  ),
  route(
    {
      method: 'post',
      path: '/invitations/accept',
      role: 'anybody',
      proof: 'never',
      body: acceptInput,
      reply: { status: 200, schema: acceptedInvitation },
    },
    async (visitor, { body }) => acceptInvitation(visitor, await visitor.user(), body),
  ),
]
