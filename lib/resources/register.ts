import { catalogueOf, fillCatalogue } from '@/lib/contracts/scopes/catalogue'
import { serve } from '@/lib/kernel/rows/implement'
import { accountListsContract } from '@/lib/resources/account-lists/contract'
import * as accountLists from '@/lib/resources/account-lists/verbs'
import { activitiesContract } from '@/lib/resources/activities/contract'
import * as activities from '@/lib/resources/activities/verbs'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'
import * as apiKeys from '@/lib/resources/api-keys/verbs'
import { billingContract } from '@/lib/resources/billing/contract'
import * as billing from '@/lib/resources/billing/verbs'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import * as contactLists from '@/lib/resources/contact-lists/verbs'
import { contactsContract } from '@/lib/resources/contacts/contract'
import * as contacts from '@/lib/resources/contacts/verbs'
import { exclusionsContract } from '@/lib/resources/exclusions/contract'
import * as exclusions from '@/lib/resources/exclusions/verbs'
import { leadsContract } from '@/lib/resources/leads/contract'
import * as leads from '@/lib/resources/leads/verbs'
import { meContract } from '@/lib/resources/me/contract'
import * as me from '@/lib/resources/me/verbs'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import * as enrollments from '@/lib/resources/sequences/enrollments/verbs'
import * as sequences from '@/lib/resources/sequences/verbs'
import { settingsContract } from '@/lib/resources/settings/contract'
import * as settings from '@/lib/resources/settings/verbs'
import { tasksContract } from '@/lib/resources/tasks/contract'
import * as tasks from '@/lib/resources/tasks/verbs'
import { usersContract } from '@/lib/resources/users/contract'
import * as users from '@/lib/resources/users/verbs'

/**
 * Every resource that keys open: its contract, and the module of its verbs. Docs and pickers show them in this order.
 * There is no second list: routes, scopes, types of activities, OpenAPI and docs are drawn from this one.
 */
const REGISTER = [
  serve(meContract, me),
  serve(leadsContract, leads),
  serve(contactsContract, contacts),
  serve(contactListsContract, contactLists),
  serve(accountListsContract, accountLists),
  serve(sequencesContract, { ...sequences, ...enrollments }),
  serve(activitiesContract, activities),
  serve(tasksContract, tasks),
  serve(exclusionsContract, exclusions),
  serve(usersContract, users),
  serve(settingsContract, settings),
  serve(billingContract, billing),
  serve(apiKeysContract, apiKeys),
]

export const RESOURCES = REGISTER.map(({ resource }) => resource)

/** Every operation of the public API with the verb that carries it out. */
export const IMPLEMENTATION = REGISTER.flatMap(({ implemented }) => implemented)

export const CATALOGUE = catalogueOf(RESOURCES)
fillCatalogue(CATALOGUE)
