import { accountRoutes } from '@/lib/http/dashboard/account'
import { auditRoutes } from '@/lib/http/dashboard/audit'
import { invitationRoutes } from '@/lib/http/dashboard/invitations'
import { jobRoutes } from '@/lib/http/dashboard/jobs'
import { keyRoutes } from '@/lib/http/dashboard/keys'
import { memberRoutes } from '@/lib/http/dashboard/members'
import { noticeRoutes } from '@/lib/http/dashboard/notices'
import { organizationRoutes } from '@/lib/http/dashboard/organization'
import { passwordResetRoutes } from '@/lib/http/dashboard/password-resets'
import { platformRoutes } from '@/lib/http/dashboard/platform'
import { policyRoutes } from '@/lib/http/dashboard/policy'
import { setupRoutes } from '@/lib/http/dashboard/setup'
import { teamRoutes } from '@/lib/http/dashboard/teams'
import { webhookRoutes } from '@/lib/http/dashboard/webhooks'

/** Every route of the dashboard's API. */
export const ROUTES = [
  ...setupRoutes,
  ...passwordResetRoutes,
  ...accountRoutes,
  ...noticeRoutes,
  ...organizationRoutes,
  ...keyRoutes,
  ...webhookRoutes,
  ...auditRoutes,
  ...policyRoutes,
  ...memberRoutes,
  ...teamRoutes,
  ...invitationRoutes,
  ...platformRoutes,
  ...jobRoutes,
]
