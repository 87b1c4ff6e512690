import { hash, verify } from '@node-rs/argon2'

// OWASP's minimum for argon2id, which is the package's default: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** An argon2id hash with its own salt and parameters, for `users.password_hash`. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST)

let decoy: Promise<string> | undefined

/**
 * Whether `password` is the one that `stored` was made from. Where there is no stored hash (unknown person, no
 * password set) it takes the same time and says no.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password')
  const matches = await verify(stored ?? (await decoy), password)
  return stored !== null && matches
}
