import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, for links and first runs. Nobody guesses them, so a fast hash keeps them. */
export const makeToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest())
