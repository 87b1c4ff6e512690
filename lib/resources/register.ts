import { catalogueOf, fillCatalogue } from '@/lib/contracts/scopes/catalogue'
import { accountListsApi } from '@/lib/resources/account-lists/verbs'
import { activitiesApi } from '@/lib/resources/activities/verbs'
import { analyticsApi } from '@/lib/resources/analytics/verbs'
import { apiKeysApi } from '@/lib/resources/api-keys/verbs'
import { attachmentsApi } from '@/lib/resources/attachments/verbs'
import { auditEventsApi } from '@/lib/resources/audit-events/verbs'
import { billingApi } from '@/lib/resources/billing/verbs'
import { campaignsApi } from '@/lib/resources/campaigns/verbs'
import { commentsApi } from '@/lib/resources/comments/verbs'
import { contactListsApi } from '@/lib/resources/contact-lists/verbs'
import { contactsApi } from '@/lib/resources/contacts/verbs'
import { conversionsApi } from '@/lib/resources/conversions/verbs'
import { customersApi } from '@/lib/resources/customers/verbs'
import { dashboardApi } from '@/lib/resources/dashboard/verbs'
import { emailsApi } from '@/lib/resources/emails/verbs'
import { exclusionsApi } from '@/lib/resources/exclusions/verbs'
import { flowsApi } from '@/lib/resources/flows/verbs'
import { formsApi } from '@/lib/resources/forms/verbs'
import { leadsApi } from '@/lib/resources/leads/verbs'
import { meApi } from '@/lib/resources/me/verbs'
import { recordsApi } from '@/lib/resources/projects/records/verbs'
import { projectsApi } from '@/lib/resources/projects/verbs'
import { sequencesApi } from '@/lib/resources/sequences/verbs'
import { settingsApi } from '@/lib/resources/settings/verbs'
import { tasksApi } from '@/lib/resources/tasks/verbs'
import { teamsApi } from '@/lib/resources/teams/verbs'
import { templatesApi } from '@/lib/resources/templates/verbs'
import { ticketsApi } from '@/lib/resources/tickets/verbs'
import { usersApi } from '@/lib/resources/users/verbs'
import { webhooksApi } from '@/lib/resources/webhooks/verbs'

/**
 * Every resource that keys open, in the order in which docs and pickers show them. There is no second list: routes,
 * scopes, types of activities, OpenAPI and docs are drawn from this one.
 */
export const REGISTER = [
  meApi,
  leadsApi,
  contactsApi,
  contactListsApi,
  accountListsApi,
  sequencesApi,
  flowsApi,
  activitiesApi,
  tasksApi,
  exclusionsApi,
  ticketsApi,
  commentsApi,
  attachmentsApi,
  customersApi,
  dashboardApi,
  projectsApi,
  recordsApi,
  webhooksApi,
  emailsApi,
  templatesApi,
  campaignsApi,
  formsApi,
  conversionsApi,
  analyticsApi,
  usersApi,
  teamsApi,
  settingsApi,
  billingApi,
  apiKeysApi,
  auditEventsApi,
]

export const RESOURCES = REGISTER.map(({ resource }) => resource)
export const CATALOGUE = catalogueOf(RESOURCES)
fillCatalogue(CATALOGUE)
