import { customFields } from '@/lib/contracts/custom-fields'
import { readStored } from '@/lib/contracts/encode'
import type { Lead } from '@/lib/kernel/db/generated/client'

/** A row as callers see it. */
export function showLead({ search: _, custom_fields, ...row }: Lead) {
  return { ...row, custom_fields: readStored(customFields, custom_fields) }
}
