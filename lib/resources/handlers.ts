import { accountListsContract } from '@/lib/resources/account-lists/contract'
import * as accountLists from '@/lib/resources/account-lists/verbs'
import { activitiesContract } from '@/lib/resources/activities/contract'
import * as activities from '@/lib/resources/activities/verbs'
import { apiKeys } from '@/lib/resources/api-keys/handlers'
import { billing } from '@/lib/resources/billing/handlers'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import * as contactLists from '@/lib/resources/contact-lists/verbs'
import { contactsContract } from '@/lib/resources/contacts/contract'
import * as contacts from '@/lib/resources/contacts/verbs'
import { exclusionsContract } from '@/lib/resources/exclusions/contract'
import * as exclusions from '@/lib/resources/exclusions/verbs'
import { type Implemented, serve } from '@/lib/resources/implement'
import { leadsContract } from '@/lib/resources/leads/contract'
import * as leads from '@/lib/resources/leads/verbs'
import { me } from '@/lib/resources/me/handlers'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import * as enrollments from '@/lib/resources/sequences/enrollments/verbs'
import * as sequences from '@/lib/resources/sequences/verbs'
import { settings } from '@/lib/resources/settings/handlers'
import { tasksContract } from '@/lib/resources/tasks/contract'
import * as tasks from '@/lib/resources/tasks/verbs'
import { users } from '@/lib/resources/users/handlers'

/** Every operation of the public API with the verb that carries it out. */
export const IMPLEMENTATION: Implemented[] = [
  ...me,
  ...serve(leadsContract, leads),
  ...serve(contactsContract, contacts),
  ...serve(contactListsContract, contactLists),
  ...serve(accountListsContract, accountLists),
  ...users,
  ...settings,
  ...billing,
  ...apiKeys,
  ...serve(sequencesContract, { ...sequences, ...enrollments }),
  ...serve(activitiesContract, activities),
  ...serve(tasksContract, tasks),
  ...serve(exclusionsContract, exclusions),
]
