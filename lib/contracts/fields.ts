import { z } from 'zod'
import { FIRST_INSTANT, LAST_INSTANT } from '@/lib/base/time'

/**
 * The fields that contracts are made of. Browser-safe: forms, the API, the docs and the CLI check by the same schema.
 */

// Control characters, and the bidirectional marks that make a label read as another.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

// Anything but spaces, joiners, unassigned characters, marks that stand on nothing, and letters without a shape.
const VISIBLE = /[^\p{Z}\p{Cf}\p{Cn}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

const length = (value: string) => [...value].length

/** A string that Postgres can hold: no NUL, no half of a surrogate pair. `max` counts characters, not UTF-16 units. */
export const text = (max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'Remove the characters that are not text.')
    .refine((value) => length(value) <= max, `At most ${max} characters.`)
    .meta({ maxLength: max })

/** A one-line text shown as a label: trimmed, composed (NFC), 1 to `max` characters, no control or direction-changing characters, and something to see. */
export const label = (max: number) =>
  z
    .string()
    .trim()
    .normalize()
    .refine((value) => length(value) >= 1 && length(value) <= max, `Between 1 and ${max} characters.`)
    .refine((value) => value.isWellFormed() && !UNPRINTABLE.test(value), 'Remove the control characters.')
    .refine((value) => value === '' || VISIBLE.test(value), 'Use at least one character that can be seen.')
    .meta({ minLength: 1, maxLength: max })

// Asked before the letters are folded: lower case of U+212A, the Kelvin sign, is the k of another address.
const ASCII = /^\p{ASCII}*$/u

const NO_EMAIL = 'An email address, like ada@example.com.'

/** An email address, kept in lower case. */
export const email = () =>
  z
    .string()
    .trim()
    .refine((value) => ASCII.test(value), NO_EMAIL)
    .toLowerCase()
    .max(254, 'At most 254 characters.')
    .pipe(z.email(NO_EMAIL))
    .meta({ format: 'email' })

/** UUIDv7 (RFC 9562). */
export const id = () => z.uuid('An id, like 0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c.')

/**
 * On the wire an ISO 8601 instant with a zone, in the program a `Date`: parse a request with it, `z.encode` a reply.
 */
export const instant = () =>
  z
    .codec(z.iso.datetime({ offset: true, message: 'An instant, like 2027-01-31T09:00:00Z.' }), z.date(), {
      decode: (value) => new Date(value),
      encode: (value) => value.toISOString(),
    })
    .refine(
      (value) => value.getTime() >= FIRST_INSTANT && value.getTime() <= LAST_INSTANT,
      'An instant between 1970 and 9999.',
    )
    .meta({ type: 'string', format: 'date-time' })
