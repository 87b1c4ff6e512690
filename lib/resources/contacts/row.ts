import { customFields } from '@/lib/contracts/custom-fields'
import type { Contact } from '@/lib/db/generated/client'

/** A row as callers see it. */
export function showContact({ search: _, custom_fields, ...row }: Contact) {
  return { ...row, custom_fields: customFields.parse(custom_fields) }
}
