import type { Resource } from '@/lib/contracts/rows/resource'
import { accountListsContract } from '@/lib/resources/account-lists/contract'
import { activitiesContract } from '@/lib/resources/activities/contract'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'
import { billingContract } from '@/lib/resources/billing/contract'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { exclusionsContract } from '@/lib/resources/exclusions/contract'
import { leadsContract } from '@/lib/resources/leads/contract'
import { meContract } from '@/lib/resources/me/contract'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import { settingsContract } from '@/lib/resources/settings/contract'
import { tasksContract } from '@/lib/resources/tasks/contract'
import { usersContract } from '@/lib/resources/users/contract'

/** Every resource of the public API, in the order in which docs and pickers show them. */
export const RESOURCES: readonly Resource[] = [
  meContract,
  leadsContract,
  contactsContract,
  contactListsContract,
  accountListsContract,
  sequencesContract,
  activitiesContract,
  tasksContract,
  exclusionsContract,
  usersContract,
  settingsContract,
  billingContract,
  apiKeysContract,
]
