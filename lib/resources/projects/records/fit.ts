import { z } from 'zod'
import type { FieldError } from '@/lib/base/errors'
import { longestOf, type ProjectField } from '@/lib/resources/projects/contract'

/** What a record holds, by the keys of its project's fields. */
export type RecordData = Record<string, string | number | boolean>

/** What a caller sends of it; null: no value. */
export type SentData = Record<string, string | number | boolean | null>

const day = z.iso.date()
const uuid = z.uuid()

const lengthOf = (text: string) => [...text].length

/** What is wrong with a value of the field, and how to mend it; null: nothing is. */
export function unfit(field: ProjectField, value: string | number | boolean): string | null {
  switch (field.type) {
    case 'text': {
      const longest = longestOf(field)
      const length = typeof value === 'string' ? lengthOf(value) : 0
      return length >= 1 && length <= longest ? null : `Text of 1 to ${longest.toLocaleString('en')} characters.`
    }
    case 'number':
      return typeof value === 'number' ? null : 'A number is needed here.'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'True or false is needed here.'
    case 'date':
      return day.safeParse(value).success ? null : 'A day, like 2027-01-31.'
    case 'enum':
      return typeof value === 'string' && field.values?.includes(value)
        ? null
        : `One of ${(field.values ?? []).join(', ')}.`
    case 'contact':
      return uuid.safeParse(value).success ? null : 'The id of a contact, like 0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c.'
  }
}

/** The one form of a value that has several. */
function formOf({ type }: ProjectField, value: string | number | boolean): string | number | boolean {
  if (typeof value !== 'string') return value
  return type === 'contact' ? value.toLowerCase() : value.normalize()
}

const noSuchField = (fields: readonly ProjectField[]) =>
  fields.length === 0
    ? 'This project declares no fields. Declare this one first.'
    : `There is no such field. Those of this project: ${fields.map(({ key }) => key).join(', ')}.`

type Fitted = { data: RecordData; errors: FieldError[] }

/**
 * What a record is after a merge patch (RFC 7396), and all that is wrong with it by the fields of its project.
 * @param data what it was; empty for a new one
 */
export function fitted(fields: readonly ProjectField[], data: RecordData, sent: SentData): Fitted {
  const declared = new Map(fields.map((field) => [field.key, field]))
  const merged = new Map(Object.entries(data))
  const errors: FieldError[] = []
  for (const [key, value] of Object.entries(sent)) {
    const field = declared.get(key)
    const form = field && value !== null ? formOf(field, value) : null
    const message = !field ? noSuchField(fields) : form === null ? null : unfit(field, form)
    if (message) errors.push({ path: `data.${key}`, message })
    else if (form === null) merged.delete(key)
    else merged.set(key, form)
  }
  for (const { key, required } of fields) {
    const isRefused = errors.some(({ path }) => path === `data.${key}`)
    if (required && !merged.has(key) && !isRefused) {
      errors.push({ path: `data.${key}`, message: 'This field is required: give it a value.' })
    }
  }
  return { data: Object.fromEntries(merged), errors }
}
