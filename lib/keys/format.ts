import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { env } from '@/lib/base/node/env'
import type { Environment } from '@/lib/kernel/db/generated/enums'

/**
 * The form of a key: `lk_live_` + 30 random base62 characters (178 bits) + 6 of checksum. The checksum lets a scanner,
 * and the API, tell a key from a look-alike without asking the database (as GitHub's tokens do).
 */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_LENGTH = 30
const CHECKSUM_LENGTH = 6
const SHOWN_LENGTH = 6

const FORM = `${env.KEY_BRAND}_(live|test)_([0-9A-Za-z]{${RANDOM_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})`
const KEY = new RegExp(`^${FORM}$`)
/** What stands around a key is not looked at: the checksum says that it is one. */
const WITHIN = new RegExp(FORM, 'g')

/** Base62 of the CRC-32 of `random`, zero-padded to six characters. */
export function checksum(random: string): string {
  let rest = crc32(random)
  let digits = ''
  while (rest > 0) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits
    rest = Math.floor(rest / ALPHABET.length)
  }
  return digits.padStart(CHECKSUM_LENGTH, '0')
}

/** Uniform base62: bytes that would favour the first letters of the alphabet are thrown away. */
function randomPart(): string {
  const fair = Math.floor(256 / ALPHABET.length) * ALPHABET.length
  let part = ''
  while (part.length < RANDOM_LENGTH) {
    for (const byte of randomBytes(RANDOM_LENGTH)) {
      if (byte < fair && part.length < RANDOM_LENGTH) part += ALPHABET.charAt(byte % ALPHABET.length)
    }
  }
  return part
}

/** Makes a new key. It exists here, in the reply to its maker, and nowhere else. */
export function generateKey(environment: Environment): string {
  const random = randomPart()
  return `${env.KEY_BRAND}_${environment}_${random}${checksum(random)}`
}

/** Whether `value` has the form of a key and a true checksum. Linear in its length, and says nothing about the database. */
export function isKeyForm(value: string): boolean {
  const match = KEY.exec(value)
  return match?.[2] !== undefined && checksum(match[2]) === match[3]
}

/** The leading characters that lists, logs and errors show; they open nothing. */
export function keyPrefix(key: string): string {
  return key.slice(0, `${env.KEY_BRAND}_live_`.length + SHOWN_LENGTH)
}

/** Every key in a text, by its form and checksum, with where it begins. Linear in the length of the text. */
export function findKeys(text: string): { key: string; index: number }[] {
  return [...text.matchAll(WITHIN)].map(({ 0: key, index }) => ({ key, index })).filter(({ key }) => isKeyForm(key))
}

/** A text with its keys shown by their prefixes only. */
export const maskKeys = (text: string): string =>
  text.replace(WITHIN, (match) => (isKeyForm(match) ? `${keyPrefix(match)}…` : match))
