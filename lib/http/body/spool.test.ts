import { readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ANY_TYPE } from '@/lib/contracts/bytes'
import { removeLeftSpools, spool } from '@/lib/http/body/spool'

const request = (body: string) => new Request('http://localhost/', { method: 'POST', body })

test('a body is read again at any place, until it is ended', async () => {
  const upload = await spool(request('0123456789'), { type: ANY_TYPE, limit: 10 })
  expect(upload).toMatchObject({
    type: 'text/plain',
    size: 10,
    sha256: '84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882',
  })
  const text = async (position: number, length: number) => Buffer.from(await upload.read(position, length)).toString()
  expect([await text(0, 4), await text(8, 4), await text(10, 4), await text(0, 4)]).toEqual(['0123', '89', '', '0123'])
  await upload.end()
  await expect(upload.read(0, 1)).rejects.toThrow()
})

test('what a process that was killed has left is removed, and nothing else', async () => {
  const [left, fresh, other] = ['latchkey-upload-left', 'latchkey-upload-fresh', 'latchkey-other-left']
  const paths = [left, fresh, other].map((name) => join(tmpdir(), `${name}-${process.pid}`))
  try {
    for (const path of paths) await writeFile(path, 'x')
    const anHourAgo = new Date(Date.now() - 3_600_000)
    for (const path of [paths[0], paths[2]]) if (path) await utimes(path, anHourAgo, anHourAgo)
    await removeLeftSpools()
    const names = (await readdir(tmpdir())).filter((name) => name.endsWith(`-${process.pid}`))
    expect(names.toSorted()).toEqual([`${other}-${process.pid}`, `${fresh}-${process.pid}`])
  } finally {
    for (const path of paths) await rm(path, { force: true })
  }
})
