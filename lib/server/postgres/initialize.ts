import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Cluster, cleanEnvironment, dataFolder } from '@/lib/server/postgres/postmaster'
import { codeOf, StartError } from '@/lib/server/process/start-error'

export const SUPERUSER = 'postgres'
const MAJOR_VERSION = '18'

async function isInitialized(cluster: Cluster): Promise<boolean> {
  try {
    await access(dataFolder(cluster))
  } catch {
    return false
  }
  const version = (await readFile(join(dataFolder(cluster), 'PG_VERSION'), 'utf8')).trim()
  if (version === MAJOR_VERSION) return true
  throw new StartError(
    `${dataFolder(cluster)} was made by Postgres ${version}; this version brings Postgres ${MAJOR_VERSION}. ` +
      'Move the data over with pg_dump, or set DATA_DIR to another folder.',
  )
}

/** What `initdb` said of its failure, or the system of not running it. */
function wordsOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  const telling = said.split('\n').find((line) => /error:|FATAL/.test(line))
  return telling?.replace(/^.*?(error|FATAL):\s*/, '') ?? codeOf(error) ?? String(error)
}

/** Makes the cluster if there is none. It appears in one step, so a start that was cut off leaves nothing half-made. */
export async function initialize(cluster: Cluster, password: string) {
  if (await isInitialized(cluster)) return
  const draft = join(cluster.folder, `draft-${randomBytes(6).toString('hex')}`)
  const passwordFile = `${draft}.password`
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
  try {
    if (cluster.account) await chown(passwordFile, cluster.account.uid, cluster.account.gid)
    await promisify(execFile)(
      join(cluster.native, 'bin/initdb'),
      [
        ...['-D', draft, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ],
      { ...cluster.account, cwd: '/', env: cleanEnvironment },
    )
    await rename(draft, dataFolder(cluster))
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) return
    throw new StartError(
      `No database could be made in ${cluster.folder}: ${wordsOf(error)}. Mend that, or set DATA_DIR.`,
    )
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}
