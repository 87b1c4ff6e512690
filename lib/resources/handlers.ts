import type { Implementation } from '@/lib/kernel/rows/implement'
import { accountLists } from '@/lib/resources/account-lists/handlers'
import { activities } from '@/lib/resources/activities/handlers'
import { apiKeys } from '@/lib/resources/api-keys/handlers'
import { billing } from '@/lib/resources/billing/handlers'
import { contactLists } from '@/lib/resources/contact-lists/handlers'
import { contacts } from '@/lib/resources/contacts/handlers'
import { exclusions } from '@/lib/resources/exclusions/handlers'
import { leads } from '@/lib/resources/leads/handlers'
import { me } from '@/lib/resources/me/handlers'
import { sequences } from '@/lib/resources/sequences/handlers'
import { settings } from '@/lib/resources/settings/handlers'
import { tasks } from '@/lib/resources/tasks/handlers'
import { users } from '@/lib/resources/users/handlers'

/** Every operation of the public API with the verb that carries it out. */
export const IMPLEMENTATION: Implementation = [
  ...me,
  ...leads,
  ...contacts,
  ...contactLists,
  ...accountLists,
  ...users,
  ...settings,
  ...billing,
  ...apiKeys,
  ...sequences,
  ...activities,
  ...tasks,
  ...exclusions,
]
