import { route } from '@/lib/http/dashboard/route'
import { deliveredInvitation } from '@/lib/people/members/invitations/contract'
import { deliverInvitation } from '@/lib/people/members/invitations/deliver'
import { setOrganization } from '@/lib/people/organizations/set'
import {
  changeOrganizationInput,
  createdPlatformOrganization,
  createPlatformOrganizationInput,
  declineInput,
  firstAdminInput,
  grantInput,
  listPlatformOrganizationsQuery,
  platformAdmin,
  platformAdmins,
  platformOrganizationDetail,
  platformOrganizationPage,
} from '@/lib/people/platform/contract'
import { createPlatformOrganization } from '@/lib/people/platform/create-organization'
import { declineRequest } from '@/lib/people/platform/decline-request'
import { findPlatformOrganization, getPlatformOrganization } from '@/lib/people/platform/get-organization'
import { grantPlatformAdmin } from '@/lib/people/platform/grant-admin'
import { inviteFirstAdmin } from '@/lib/people/platform/invite-first-admin'
import { listPlatformAdmins } from '@/lib/people/platform/list-admins'
import { listPlatformOrganizations } from '@/lib/people/platform/list-organizations'
import { takePlatformAdmin } from '@/lib/people/platform/take-admin'

const ORGANIZATIONS = '/platform/organizations'
const ORGANIZATION = '/platform/organizations/:slug'
const ADMINS = '/platform/admins'
const role = 'platform_admin'

/** `/platform`: what platform admins see and change; nobody else finds anything there. */
export const platformRoutes = [
  route(
    {
      method: 'get',
      path: ORGANIZATIONS,
      role,
      query: listPlatformOrganizationsQuery,
      searches: ['q'],
      reply: { status: 200, schema: platformOrganizationPage },
    },
    (ctx, { query }) => listPlatformOrganizations(ctx, query),
  ),
  route(
    {
      method: 'post',
      path: ORGANIZATIONS,
      role,
      proof: 'to_widen',
      body: createPlatformOrganizationInput,
      reply: { status: 201, schema: createdPlatformOrganization },
    },
    async (ctx, { body }) => {
      const { slug, invitation } = await createPlatformOrganization(ctx, body)
      return { slug, invitation: deliverInvitation(invitation, body.name) }
    },
  ),
  route(
    { method: 'get', path: ORGANIZATION, role, reply: { status: 200, schema: platformOrganizationDetail } },
    (ctx, { params: { slug } }) => getPlatformOrganization(ctx, { slug }),
  ),
  route(
    {
      method: 'patch',
      path: ORGANIZATION,
      role,
      proof: 'to_widen',
      body: changeOrganizationInput,
      reply: { status: 204, schema: null },
    },
    async (ctx, { params, body }) => {
      const { slug } = await findPlatformOrganization(ctx, params)
      await setOrganization(ctx, { slug, ...body })
    },
  ),
  route(
    {
      method: 'post',
      path: `${ORGANIZATION}/decline`,
      role,
      proof: 'never',
      body: declineInput,
      reply: { status: 204, schema: null },
    },
    async (ctx, { params, body }) => {
      const { slug } = await findPlatformOrganization(ctx, params)
      await declineRequest(ctx, { slug, ...body })
    },
  ),
  route(
    {
      method: 'post',
      path: `${ORGANIZATION}/first-admin`,
      role,
      proof: 'to_widen',
      body: firstAdminInput,
      reply: { status: 201, schema: deliveredInvitation },
    },
    async (ctx, { params, body }) => {
      const { slug, name } = await findPlatformOrganization(ctx, params)
      return deliverInvitation(await inviteFirstAdmin(ctx, { slug, ...body }), name)
    },
  ),
  route({ method: 'get', path: ADMINS, role, reply: { status: 200, schema: platformAdmins } }, async (ctx) => ({
    data: await listPlatformAdmins(ctx),
  })),
  route(
    {
      method: 'post',
      path: ADMINS,
      role,
      proof: 'to_widen',
      body: grantInput,
      reply: { status: 201, schema: platformAdmin },
    },
    (ctx, { body }) => grantPlatformAdmin(ctx, body),
  ),
  route(
    {
      method: 'delete',
      path: `${ADMINS}/:id`,
      role,
      proof: 'never',
      names: 'platform admin',
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id } }) => takePlatformAdmin(ctx, { id }),
  ),
]
