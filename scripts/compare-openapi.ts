import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openApiChanges, writeChanges } from './openapi-changes'

/**
 * `npm run compare:openapi -- <before> [after]`: what changed in the description of the API. Each is a file of JSON or a
 * commit; without `after`, the working tree.
 */

const run = promisify(execFile)

const USAGE = 'npm run compare:openapi -- <commit or file.json> [commit or file.json]'

const DRAW = `
  import { openApiDocument } from '@/lib/http/api/openapi/document'
  console.log(JSON.stringify(openApiDocument('https://keys.example.com/api/v1')))`

/** Lets the sources in a folder draw their document. */
async function draw(folder: string, script: string): Promise<unknown> {
  await writeFile(script, DRAW)
  const tsconfig = join(folder, 'tsconfig.json')
  const { stdout } = await run('npx', ['tsx', '--tsconfig', tsconfig, script], { cwd: folder, maxBuffer: 2 ** 26 })
  return JSON.parse(stdout)
}

/** The document of a commit, drawn by its own sources with the packages that are installed here. */
async function ofCommit(commit: string, home: string): Promise<unknown> {
  const folder = join(home, 'sources')
  await mkdir(folder)
  await run('git', ['archive', '--output', join(home, 'sources.tar'), commit])
  await run('tar', ['-xf', join(home, 'sources.tar'), '-C', folder])
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  await run('npx', ['prisma', 'generate'], { cwd: folder })
  return draw(folder, join(home, 'draw.ts'))
}

async function documentOf(source: string | undefined): Promise<unknown> {
  if (source?.endsWith('.json')) return JSON.parse(await readFile(source, 'utf8'))
  const home = await mkdtemp(join(tmpdir(), 'latchkey-openapi-'))
  try {
    return await (source === undefined ? draw(process.cwd(), join(home, 'draw.ts')) : ofCommit(source, home))
  } finally {
    await rm(home, { recursive: true })
  }
}

const [before, after] = process.argv.slice(2)
if (before === undefined) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  console.log(writeChanges(openApiChanges(await documentOf(before), await documentOf(after))))
}
