import { customFields } from '@/lib/contracts/custom-fields'
import { readStored } from '@/lib/contracts/encode'
import type { Contact } from '@/lib/kernel/db/generated/client'

/** A row as callers see it. */
export function showContact({ search: _, custom_fields, ...row }: Contact) {
  return { ...row, custom_fields: readStored(customFields, custom_fields) }
}
