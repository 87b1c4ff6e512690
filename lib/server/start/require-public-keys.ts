import { env } from '@/lib/base/node/env'
import { readPublicKeys } from '@/lib/http/leaks/github'
import { codeOf, StartError } from '@/lib/server/process/start-error'

/**
 * Reads GitHub's public keys once, where they are set: a mistake must not show when the first leaked key is reported.
 * @throws StartError
 */
export async function requirePublicKeys(): Promise<void> {
  const file = env.GITHUB_PUBLIC_KEYS
  if (!file) return
  try {
    await readPublicKeys(file)
  } catch (error) {
    const why = codeOf(error) ?? 'it holds something else'
    throw new StartError(
      `GITHUB_PUBLIC_KEYS: ${file} is not a file of GitHub's public keys (${why}). ` +
        'Save the reply of https://api.github.com/meta/public_keys/secret_scanning there.',
    )
  }
}
