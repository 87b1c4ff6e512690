import { Hono } from 'hono'
import { z } from 'zod'
import { writeReply } from '@/lib/contracts/encode'
import type { PlatformEnvironment } from '@/lib/http/dashboard/environment'
import { json, pathId, query } from '@/lib/http/dashboard/input'
import { deliveredInvitation } from '@/lib/people/members/invitations/contract'
import { deliverInvitation } from '@/lib/people/members/invitations/deliver'
import { setOrganization } from '@/lib/people/organizations/set'
import {
  changeOrganizationInput,
  createPlatformOrganizationInput,
  declineInput,
  firstAdminInput,
  grantInput,
  listPlatformOrganizationsQuery,
  platformAdmin,
  platformOrganizationDetail,
  platformOrganizationPage,
} from '@/lib/people/platform/contract'
import { createPlatformOrganization } from '@/lib/people/platform/create-organization'
import { declineRequest } from '@/lib/people/platform/decline-request'
import { getPlatformOrganization } from '@/lib/people/platform/get-organization'
import { grantPlatformAdmin } from '@/lib/people/platform/grant-admin'
import { inviteFirstAdmin } from '@/lib/people/platform/invite-first-admin'
import { listPlatformAdmins } from '@/lib/people/platform/list-admins'
import { listPlatformOrganizations } from '@/lib/people/platform/list-organizations'
import { takePlatformAdmin } from '@/lib/people/platform/take-admin'

const organizations = new Hono<PlatformEnvironment>()
  .get('/', query(listPlatformOrganizationsQuery), async (c) => {
    const page = await listPlatformOrganizations(c.var.platform, c.req.valid('query'))
    return c.json(writeReply(platformOrganizationPage, page))
  })
  .post('/', json(createPlatformOrganizationInput), async (c) => {
    const input = c.req.valid('json')
    const { slug, invitation } = await createPlatformOrganization(c.var.platform, input)
    const delivered = deliverInvitation(invitation, input.name)
    return c.json({ slug, invitation: writeReply(deliveredInvitation, delivered) }, 201)
  })
  .get('/:slug', async (c) => {
    const organization = await getPlatformOrganization(c.var.platform, { slug: c.req.param('slug') })
    return c.json(writeReply(platformOrganizationDetail, organization))
  })
  .patch('/:slug', json(changeOrganizationInput), async (c) => {
    const { slug } = await getPlatformOrganization(c.var.platform, { slug: c.req.param('slug') })
    await setOrganization(c.var.platform, { slug, ...c.req.valid('json') })
    return c.body(null, 204)
  })
  .post('/:slug/decline', json(declineInput), async (c) => {
    const { slug } = await getPlatformOrganization(c.var.platform, { slug: c.req.param('slug') })
    await declineRequest(c.var.platform, { slug, ...c.req.valid('json') })
    return c.body(null, 204)
  })
  .post('/:slug/first-admin', json(firstAdminInput), async (c) => {
    const { slug, name } = await getPlatformOrganization(c.var.platform, { slug: c.req.param('slug') })
    const made = await inviteFirstAdmin(c.var.platform, { slug, ...c.req.valid('json') })
    return c.json(writeReply(deliveredInvitation, deliverInvitation(made, name)), 201)
  })

const admins = new Hono<PlatformEnvironment>()
  .get('/', async (c) => c.json({ data: writeReply(z.array(platformAdmin), await listPlatformAdmins(c.var.platform)) }))
  .post('/', json(grantInput), async (c) =>
    c.json(writeReply(platformAdmin, await grantPlatformAdmin(c.var.platform, c.req.valid('json'))), 201),
  )
  .delete('/:id', async (c) => {
    await takePlatformAdmin(c.var.platform, pathId(c.req.param('id'), 'platform admin'))
    return c.body(null, 204)
  })

/** `/platform`: what platform admins see and change; nobody else finds anything there. */
export const platformRoutes = new Hono<PlatformEnvironment>()
  .route('/organizations', organizations)
  .route('/admins', admins)
