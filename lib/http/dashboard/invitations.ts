import { Hono } from 'hono'
import { z } from 'zod'
import { writeReply } from '@/lib/contracts/encode'
import type { DashboardEnvironment, OrganizationEnvironment } from '@/lib/http/dashboard/environment'
import { sessionOf } from '@/lib/http/dashboard/guard'
import { json, pathId } from '@/lib/http/dashboard/input'
import { prisma } from '@/lib/kernel/db/client'
import { acceptInvitation } from '@/lib/people/members/invitations/accept'
import {
  acceptedInvitation,
  acceptInput,
  deliveredInvitation,
  invitation,
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

const target = (id: string) => pathId(id, 'invitation')

/** `/orgs/:org/invitations`: those that wait for their person. */
export const organizationInvitationRoutes = new Hono<OrganizationEnvironment>()
  .get('/', async (c) => c.json({ data: writeReply(z.array(invitation), await listInvitations(c.var.member)) }))
  .post('/', json(inviteInput), async (c) => {
    const made = await invite(c.var.member, c.req.valid('json'))
    const delivered = deliverInvitation(made, c.var.member.organization.name)
    return c.json(writeReply(deliveredInvitation, delivered), 201)
  })
  .post('/:id/resend', json(resendInput), async (c) => {
    const made = await resendInvitation(c.var.member, { ...target(c.req.param('id')), ...c.req.valid('json') })
    return c.json(writeReply(deliveredInvitation, deliverInvitation(made, c.var.member.organization.name)))
  })
  .post('/:id/withdraw', async (c) => {
    await withdrawInvitation(c.var.member, target(c.req.param('id')))
    return c.body(null, 204)
  })

/** `/invitations`: for whoever has a link. Open without a session; the link's token is the proof. */
export const invitationRoutes = new Hono<DashboardEnvironment>()
  .post('/look', json(lookInput), async (c) => {
    const session = await sessionOf(c.req.raw)
    const view = await lookAtInvitation(prisma(), c.req.valid('json').token, session?.user ?? null)
    return c.json(writeReply(invitationView, view))
  })
  .post('/accept', json(acceptInput), async (c) => {
    const session = await sessionOf(c.req.raw)
    const context = { db: prisma(), origin: c.var.origin }
    const accepted = await acceptInvitation(context, session?.user ?? null, c.req.valid('json'))
    return c.json(writeReply(acceptedInvitation, accepted))
  })
