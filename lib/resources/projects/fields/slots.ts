import { MOST_INDEXED, type ProjectField } from '@/lib/resources/projects/contract'

/** A slot that holds no field. */
const FREE = ''

/** What the database must know of a project's fields to keep its records: columns of `projects`. */
export type KeptOfFields = {
  /** The keys of the indexed fields: that of `key_1` first. */
  slots: string[]
  contact_fields: string[]
}

/** A field that was indexed before stays in its slot, so that its index need not be made again. */
function slotsOf(fields: readonly ProjectField[], before: readonly string[]): string[] {
  const indexed = new Set(fields.filter((field) => field.indexed).map(({ key }) => key))
  const slots = Array.from({ length: MOST_INDEXED }, (_, slot) => before[slot] ?? FREE)
  const kept = slots.map((key) => (indexed.delete(key) ? key : FREE))
  const added = [...indexed]
  return kept.map((key) => (key === FREE ? (added.shift() ?? FREE) : key))
}

/** @param before the slots that the project has */
export const keptOf = (fields: readonly ProjectField[], before: readonly string[] = []): KeptOfFields => ({
  slots: slotsOf(fields, before),
  contact_fields: fields.filter(({ type }) => type === 'contact').map(({ key }) => key),
})

type Declared = Pick<KeptOfFields, 'slots'> & { fields: readonly ProjectField[] }

/** Whether records must be written again for the database to know them by the new fields. */
export function wantsRewriting(before: Declared, after: Declared): boolean {
  const isIndexed = after.slots.some((key, slot) => key !== FREE && key !== before.slots[slot])
  const types = new Map(before.fields.map(({ key, type }) => [key, type]))
  return (
    isIndexed ||
    after.fields.some(({ key, type }) => {
      const was = types.get(key)
      return was !== undefined && (was === 'contact') !== (type === 'contact')
    })
  )
}
