import { catalogueOf, fillCatalogue } from '@/lib/contracts/scopes/catalogue'
import { accountListsApi } from '@/lib/resources/account-lists/verbs'
import { activitiesApi } from '@/lib/resources/activities/verbs'
import { apiKeysApi } from '@/lib/resources/api-keys/verbs'
import { auditEventsApi } from '@/lib/resources/audit-events/verbs'
import { billingApi } from '@/lib/resources/billing/verbs'
import { commentsApi } from '@/lib/resources/comments/verbs'
import { contactListsApi } from '@/lib/resources/contact-lists/verbs'
import { contactsApi } from '@/lib/resources/contacts/verbs'
import { customersApi } from '@/lib/resources/customers/verbs'
import { dashboardApi } from '@/lib/resources/dashboard/verbs'
import { emailsApi } from '@/lib/resources/emails/verbs'
import { exclusionsApi } from '@/lib/resources/exclusions/verbs'
import { leadsApi } from '@/lib/resources/leads/verbs'
import { meApi } from '@/lib/resources/me/verbs'
import { sequencesApi } from '@/lib/resources/sequences/verbs'
import { settingsApi } from '@/lib/resources/settings/verbs'
import { tasksApi } from '@/lib/resources/tasks/verbs'
import { teamsApi } from '@/lib/resources/teams/verbs'
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
  activitiesApi,
  tasksApi,
  exclusionsApi,
  ticketsApi,
  commentsApi,
  customersApi,
  dashboardApi,
  webhooksApi,
  emailsApi,
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
