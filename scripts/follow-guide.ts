import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect } from 'vitest'

export const run = promisify(execFile)

const COPIED = ['lib', 'prisma', 'scripts', 'package.json', 'tsconfig.json', 'prisma.config.ts', 'vitest.config.ts']

/** A copy of the product in which everything has been done that `docs/adding-a-resource.md` says. Call it at the top of a test file. */
export function useFollowedGuide(): { folder: () => string } {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-guide-'))
    for (const name of COPIED) await cp(name, join(folder, name), { recursive: true })
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
    await followGuide(folder)
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return { folder: () => folder }
}

async function edit(path: string, change: (text: string) => string) {
  const before = await readFile(path, 'utf8')
  const after = change(before)
  expect(after, `nothing changed in ${path}`).not.toBe(before)
  await writeFile(path, after)
}

/** Does what each code block of the guide says; the words after the language name where it goes. */
async function followGuide(folder: string) {
  const guide = await readFile('docs/adding-a-resource.md', 'utf8')
  for (const [, language, place = '', code = ''] of guide.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]*?)^```/gm)) {
    if (language === 'sh') await run('npm', ['run', '-s', ...words(code)], { cwd: folder })
    else if (place.startsWith('model '))
      await edit(join(folder, 'prisma/schema.prisma'), (text) => text.replace(`${place} {\n`, `${place} {\n${code}`))
    else if (place.includes(' in ')) await register(folder, place, code)
    else if (place.endsWith('.prisma')) await edit(join(folder, place), (text) => `${text}\n${code}`)
    else {
      await mkdir(dirname(join(folder, place)), { recursive: true })
      await writeFile(join(folder, place), code)
    }
  }
  await run('npx', ['prisma', 'generate'], { cwd: folder })
}

const words = (code: string) => code.trim().replace('npm run ', '').split(' ')

/** Puts entries into a list, and what they import above it. */
async function register(folder: string, place: string, code: string) {
  const [name, path = ''] = place.split(' in ')
  const lines = code.trim().split('\n')
  const imports = lines.filter((line) => line.startsWith('import '))
  const entries = lines.filter((line) => !line.startsWith('import ')).join('\n')
  await edit(join(folder, path), (text) => {
    const list = new RegExp(`(export const ${name}\\b[^=]*= \\[[^\\]]*?),?\\s*\\]`)
    return [...imports, text.replace(list, `$1, ${entries.replace(/,$/, '')}]`)].join('\n')
  })
}
