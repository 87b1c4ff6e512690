import type { InferRequestType, InferResponseType } from 'hono/client'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body } from '@/lib/queries/request-error'

type Routes = DashboardClient['invitations']

/** What a link comes to for whoever has it open. */
export type WireInvitationView = InferResponseType<Routes['look']['$post'], 200>

type AcceptBody = InferRequestType<Routes['accept']['$post']>['json']

export const acceptInvitationMutation = (json: AcceptBody) => body(browserClient.invitations.accept.$post({ json }))
