import { spawnSync } from 'node:child_process'
import { StartError } from '@/lib/server/process/start-error'

/** The user that Postgres runs as. */
export type SystemAccount = { uid: number; gid: number }

const NAME = 'postgres'

function numberOf(flag: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [flag, NAME], { encoding: 'utf8' })
  return status === 0 ? Number(stdout.trim()) : null
}

function find(): SystemAccount | null {
  const uid = numberOf('-u')
  const gid = numberOf('-g')
  return uid === null || gid === null ? null : { uid, gid }
}

/**
 * Null for an ordinary user, who runs Postgres itself. Postgres refuses to run as root, so root runs it as the user
 * `postgres`, made if it is missing.
 * @throws StartError when there is no such user and none can be made
 */
export function postgresAccount(): SystemAccount | null {
  if (process.getuid?.() !== 0) return null
  const account = find()
  if (account) return account
  const { status, stderr } = spawnSync(
    'useradd',
    [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      NAME,
    ],
    { encoding: 'utf8' },
  )
  const made = status === 0 ? find() : null
  if (made) return made
  throw new StartError(
    `Postgres cannot run as root, and the user ${NAME} could not be made (${stderr?.trim() || 'no useradd here'}). ` +
      'Add that user, start Latchkey as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether the account can enter `folder`: asked of the system itself, which alone knows every rule. */
export function canEnter(account: SystemAccount, folder: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' })
  return status === 0
}
