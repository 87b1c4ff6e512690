import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { DomainError } from '@/lib/base/errors'

/**
 * GitHub's reports of leaked keys, as it sends them to its partners for secret scanning:
 * https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program
 */

/** The reply of https://api.github.com/meta/public_keys/secret_scanning. */
const publicKeys = z.looseObject({
  public_keys: z.array(z.looseObject({ key_identifier: z.string(), key: z.string() })).min(1, 'It holds no key'),
})

/** What is found, one for each place. GitHub may add fields, and sends an empty `url` where it knows none. */
export const githubReport = z.array(
  z.looseObject({
    token: z.string(),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .catch(undefined),
  }),
)

export type Signature = { identifier: string; signature: string }

/** What a request says of its signature; null: it says nothing. */
export function readSignature(headers: Headers): Signature | null {
  const identifier = headers.get('Github-Public-Key-Identifier')
  const signature = headers.get('Github-Public-Key-Signature')
  return identifier !== null && signature !== null ? { identifier, signature } : null
}

/**
 * GitHub's public keys, by their identifiers.
 * @param file with the reply of GitHub's API
 * @throws Error when it cannot be read, or holds something else
 */
export async function readPublicKeys(file: string): Promise<Map<string, KeyObject>> {
  const { public_keys } = publicKeys.parse(JSON.parse(await readFile(file, 'utf8')))
  return new Map(public_keys.map(({ key_identifier, key }) => [key_identifier, elliptic(createPublicKey(key))]))
}

function elliptic(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ec') throw new Error('It holds a key that is not one of elliptic curves.')
  return key
}

/**
 * Whether GitHub has signed these bytes: ECDSA over P-256 with SHA-256, in DER, as base64.
 * @param file of its public keys, read each time: they change, and reports are few
 * @throws DomainError invalid_request when it has not
 */
export async function requireSignedByGithub(bytes: Uint8Array, { identifier, signature }: Signature, file: string) {
  const key = (await readPublicKeys(file)).get(identifier)
  if (key && verify('sha256', bytes, key, Buffer.from(signature, 'base64'))) return
  throw new DomainError('invalid_request', 'The signature is not one of GitHub over this body.')
}
