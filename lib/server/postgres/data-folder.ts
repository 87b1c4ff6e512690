import { createHash, createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, chmod, chown, constants, mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { canEnter, postgresAccount, type SystemAccount } from '@/lib/server/postgres/system-account'
import { keep, readKept } from '@/lib/server/process/kept-file'
import { codeOf, StartError } from '@/lib/server/process/start-error'

/** Where root keeps what the user `postgres` must reach when DATA_DIR lies in a folder that only root may enter. */
const SYSTEM_FOLDER = '/var/lib/latchkey'

export type DataFolder = {
  /** DATA_DIR itself: secrets, and the name of the cluster's folder where that lies elsewhere. */
  folder: string
  account: SystemAccount | null
  /** Belongs to the user that runs Postgres: `data` and `log`. */
  cluster: string
  /** Where a copy of the binaries goes if one is needed. */
  copies: string
}

async function open(path: string, account: SystemAccount | null): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    // Ours alone (a new or empty folder): the user postgres may pass through it, though not list it.
    if (account && (await readdir(path)).length === 0) await chmod(path, 0o711)
    return await realpath(path)
  } catch (error) {
    throw new StartError(
      `DATA_DIR ${path} cannot be used (${codeOf(error) ?? String(error)}). Set DATA_DIR to a folder of yours.`,
    )
  }
}

/** Who owns the database in `cluster`; null when there is none yet. */
async function ownerOf(cluster: string): Promise<number | null> {
  try {
    return (await stat(join(cluster, 'data'))).uid
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw notOurs(cluster)
  }
}

const notOurs = (cluster: string) =>
  new StartError(`${cluster} belongs to another user. Start as that user, or set DATA_DIR to another folder.`)

async function findCluster(folder: string, account: SystemAccount | null): Promise<string> {
  const here = join(folder, 'postgres')
  const kept = await readKept(join(folder, 'cluster'))
  if (kept) return kept
  if (!account || canEnter(account, folder)) return here
  if ((await ownerOf(here)) !== null) {
    throw new StartError(
      `The user postgres can no longer enter ${folder}, where its database is. Let it pass (chmod o+x) through each ` +
        'folder on the way, or set DATA_DIR to another folder.',
    )
  }
  // The random part belongs to this DATA_DIR's own life: deleted and made again, it starts from nothing.
  const path = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  return keep(join(folder, 'cluster'), () => join(SYSTEM_FOLDER, `${path}-${randomBytes(4).toString('hex')}`))
}

/**
 * Opens DATA_DIR, making what is missing.
 * @throws StartError when it, or the database in it, belongs to somebody else
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const account = postgresAccount()
  const folder = await open(resolve(path), account)
  const cluster = await findCluster(folder, account)
  const owner = await ownerOf(cluster)
  if (owner !== null && owner !== (account?.uid ?? process.getuid?.() ?? owner)) throw notOurs(cluster)
  if (account) await mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 })
  await mkdir(cluster, { recursive: true, mode: 0o700 })
  if (account) await chown(cluster, account.uid, account.gid)
  return { folder, account, cluster, copies: account ? SYSTEM_FOLDER : folder }
}

/** Whether there is a database in DATA_DIR, or has been; nothing is made. */
export function hasDatabase(path: string): boolean {
  return existsSync(join(path, 'cluster')) || existsSync(join(path, 'postgres', 'data'))
}

/** The password of a role of the embedded Postgres, drawn from one secret in DATA_DIR that only this user may read. */
export async function rolePassword(folder: string, role: string): Promise<string> {
  const secret = await keep(join(folder, 'postgres-secret'), () => randomBytes(32).toString('base64url'))
  return createHmac('sha256', secret).update(role).digest('base64url')
}

/** Signs the sessions where no AUTH_SECRET is set. */
export function keptAuthSecret(folder: string): Promise<string> {
  return keep(join(folder, 'auth-secret'), () => randomBytes(32).toString('base64url'))
}
