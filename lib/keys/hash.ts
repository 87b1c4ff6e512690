import { hash } from 'node:crypto'

/**
 * SHA-256 of the whole key: what is stored instead of it. A slow hash would add nothing: a key has 178 random bits,
 * so there is no dictionary to try.
 */
export function hashKey(key: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', key, 'buffer'))
}

/** A hash as it is written where one is looked for. */
export const inHex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')
