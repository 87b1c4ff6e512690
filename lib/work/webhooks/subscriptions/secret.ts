import { randomBytes } from 'node:crypto'

/** Bytes of a secret that we make: as many as HMAC-SHA256 has use for. */
const SIZE = 32

const PREFIX = 'whsec_'

export const makeSecret = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(SIZE))

/** @param text as the contract has checked it */
export const readSecret = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text.slice(PREFIX.length), 'base64'))

/** As it is shown to its owner, once. */
export const writeSecret = (secret: Uint8Array): string => `${PREFIX}${Buffer.from(secret).toString('base64')}`
