import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from '@/lib/server/process/start-error'

const POLL_MS = 250

/** A process, told apart from a later one that gets its number by the time it was started at (Linux only). */
async function identify(pid: number): Promise<string | null> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return null
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return `${pid} ${startedAt}`
}

async function take(file: string, owner: string): Promise<boolean> {
  try {
    await writeFile(file, owner, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    return false
  }
}

/** Removes the lock of a process that is gone. Renaming lets one of several do it; a lock taken meanwhile is put back. */
async function clear(file: string, dead: string) {
  const aside = `${file}.${process.pid}`
  try {
    await rename(file, aside)
    if ((await readFile(aside, 'utf8')) !== dead) await link(aside, file)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
  } finally {
    await rm(aside, { force: true })
  }
}

type Options = {
  /** Ends the waiting. */
  signal: AbortSignal
  /** Told once, with the process that holds the lock. */
  onWait: (pid: number) => void
}

/** Runs `work` while no other process holds `file`. */
export async function withFileLock<Result>(file: string, { signal, onWait }: Options, work: () => Promise<Result>) {
  await mkdir(dirname(file), { recursive: true })
  const owner = (await identify(process.pid)) ?? String(process.pid)
  let told = false
  while (!(await take(file, owner))) {
    const holder = await readFile(file, 'utf8').catch(() => '')
    const pid = Number(holder.split(' ')[0])
    // Empty: just being written.
    if (holder && (await identify(pid)) !== holder) {
      await clear(file, holder)
      continue
    }
    if (holder && !told) onWait(pid)
    told ||= holder !== ''
    await sleep(POLL_MS, undefined, { signal })
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}
