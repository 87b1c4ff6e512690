import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFileLock } from '@/lib/server/process/file-lock'

const { signal } = new AbortController()
const patient = { signal, onWait: () => {} }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('lets in one at a time, and leaves nothing behind', async () => {
  const file = join(folder, 'lock')
  const waited: number[] = []
  let othersWait = () => {}
  const waiting = new Promise<void>((done) => {
    othersWait = done
  })
  const onWait = (pid: number) => {
    if (waited.push(pid) === 2) othersWait()
  }
  let inside = 0
  const enter = () =>
    withFileLock(file, { signal, onWait }, async () => {
      inside += 1
      expect(inside).toBe(1)
      await waiting
      inside -= 1
    })
  await Promise.all([enter(), enter(), enter()])
  expect(waited).toEqual([process.pid, process.pid])
  expect(await readdir(folder)).toEqual([])
})

test.each(['2147483646 1', `${process.pid} 1`])('takes over the lock of a process that is gone: %s', async (owner) => {
  const file = join(folder, 'lock')
  await writeFile(file, owner)
  expect(await withFileLock(file, patient, async () => 'in')).toBe('in')
})

test('is free again after the work has failed', async () => {
  const file = join(folder, 'lock')
  await expect(withFileLock(file, patient, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withFileLock(file, patient, async () => 'in')).toBe('in')
})

test('stops waiting when told to', async () => {
  const file = join(folder, 'lock')
  const aborting = new AbortController()
  const waiting = withFileLock(file, patient, () =>
    withFileLock(file, { signal: aborting.signal, onWait: () => aborting.abort() }, async () => 'in'),
  )
  await expect(waiting).rejects.toThrow(/aborted/)
})
