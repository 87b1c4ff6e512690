import { expect, test } from 'vitest'
import { fileNameIn } from '@/components/playground/file-name'
import { attachmentDisposition } from '@/lib/http/api/content-disposition'

test.each(['plain.png', 'a b; c.txt', "it's 100%.log", '“Größe”.pdf', 'שלום.txt', '😀', 'quo"te.txt'])(
  'a file named %s is saved under that name',
  (name) => {
    const header = attachmentDisposition(name)
    expect(header).toMatch(/^[\x20-\x7e]+$/)
    expect(fileNameIn(header)).toBe(name)
  },
)

test.each([
  [null, 'reply.bin'],
  ['attachment', 'reply.bin'],
  ['attachment; filename=""', 'reply.bin'],
  [`attachment; filename="x.txt"; filename*=UTF-8''%zz`, 'x.txt'],
  ['attachment; filename="../../x"', '.._.._x'],
])('%s names %s', (header, name) => {
  expect(fileNameIn(header)).toBe(name)
})
