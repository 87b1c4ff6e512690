import { z } from 'zod'
import { text } from '@/lib/contracts/fields'

const MAX_FIELDS = 50

/** Beyond 2^53 JavaScript would keep another number than the one that was sent. */
export const exactNumber = z
  .number()
  .refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), 'Send numbers beyond 2^53 as text.')

const name = text(100).min(1)
const value = z.union([text(2_000), exactNumber, z.boolean()], 'Text, a number, or true or false.')

const atMost50 = (fields: object) => Object.keys(fields).length <= MAX_FIELDS
const TOO_MANY = `At most ${MAX_FIELDS} fields.`

/** A caller's own fields: a flat JSON object of at most 50 keys. */
export const customFields = z.record(name, value).refine(atMost50, TOO_MANY)

/** A merge patch of them (RFC 7396): what is absent stays, null removes. */
export const customFieldsPatch = z.record(name, value.nullable()).refine(atMost50, TOO_MANY)

export type CustomFields = z.output<typeof customFields>
export type CustomFieldsPatch = z.output<typeof customFieldsPatch>

/**
 * What the fields are after a merge patch.
 * @returns the merged fields, or null when they would be more than 50
 */
export function mergeCustomFields(current: CustomFields, patch: CustomFieldsPatch): CustomFields | null {
  const merged = new Map(Object.entries(current))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, value)
  }
  return merged.size > MAX_FIELDS ? null : Object.fromEntries(merged)
}
