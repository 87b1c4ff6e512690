import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)
const COPIED = ['lib', 'prisma', 'scripts', 'package.json', 'tsconfig.json', 'prisma.config.ts', 'vitest.config.ts']

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-guide-'))
  for (const name of COPIED) await cp(name, join(folder, name), { recursive: true })
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  await followGuide()
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const edit = async (path: string, change: (text: string) => string) => {
  const before = await readFile(join(folder, path), 'utf8')
  const after = change(before)
  expect(after, `nothing changed in ${path}`).not.toBe(before)
  await writeFile(join(folder, path), after)
}

/** Does what each code block of the guide says; the words after the language name where it goes. */
async function followGuide() {
  const guide = await readFile('docs/adding-a-resource.md', 'utf8')
  for (const [, language, place = '', code = ''] of guide.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]*?)^```/gm)) {
    if (language === 'sh') await run('npm', ['run', '-s', ...words(code)], { cwd: folder })
    else if (place.startsWith('model '))
      await edit('prisma/schema.prisma', (text) => text.replace(`${place} {\n`, `${place} {\n${code}`))
    else if (place.includes(' in ')) await register(place, code)
    else if (place.endsWith('.prisma')) await edit(place, (text) => `${text}\n${code}`)
    else {
      await mkdir(dirname(join(folder, place)), { recursive: true })
      await writeFile(join(folder, place), code)
    }
  }
  await run('npx', ['prisma', 'generate'], { cwd: folder })
}

const words = (code: string) => code.trim().replace('npm run ', '').split(' ')

/** Puts entries into a list, and what they import above it. */
async function register(place: string, code: string) {
  const [name, path = ''] = place.split(' in ')
  const lines = code.trim().split('\n')
  const imports = lines.filter((line) => line.startsWith('import '))
  const entries = lines.filter((line) => !line.startsWith('import ')).join('\n')
  await edit(path, (text) => {
    const list = new RegExp(`(export const ${name}\\b[^=]*= \\[[^\\]]*?),?\\s*\\]`)
    return [...imports, text.replace(list, `$1, ${entries.replace(/,$/, '')}]`)].join('\n')
  })
}

test('what the guide adds has its types right', async () => {
  const narrow = {
    extends: './tsconfig.json',
    include: ['lib/resources/invoices'],
    compilerOptions: { incremental: false },
  }
  await writeFile(join(folder, 'tsconfig.invoices.json'), JSON.stringify(narrow))
  await run('npx', ['tsc', '--noEmit', '-p', 'tsconfig.invoices.json'], { cwd: folder })
}, 120_000)

test('the resource of the guide is in the routes, the scopes, OpenAPI and the migrations', async () => {
  const script = `
    import { openApiDocument } from '@/lib/http/api/openapi/document'
    import { IMPLEMENTATION } from '@/lib/resources/handlers'
    import { SCOPES } from '@/lib/contracts/scopes/catalogue'
    console.log(JSON.stringify({
      paths: Object.keys(openApiDocument('https://keys.acme.test').paths),
      scopes: SCOPES.map(({ scope }) => scope),
      routes: IMPLEMENTATION.map(({ operation }) => operation.method + ' ' + operation.path),
    }))`
  await writeFile(join(folder, 'see.ts'), script)
  const { stdout } = await run('npx', ['tsx', 'see.ts'], { cwd: folder })
  const seen = z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout))
  expect(seen.paths).toEqual(expect.arrayContaining(['/invoices', '/invoices/{id}', '/invoices/{id}/pay']))
  expect(seen.scopes).toEqual(expect.arrayContaining(['invoices:read', 'invoices:write']))
  expect(seen.routes).toEqual(
    expect.arrayContaining(['get /invoices', 'patch /invoices/{id}', 'post /invoices/{id}/void']),
  )
  const { stdout: sql } = await run('sh', ['-c', 'cat prisma/migrations/*_invoices/migration.sql'], { cwd: folder })
  expect(sql).toContain('CREATE TABLE "invoices"')
  expect(sql).toContain('CREATE TRIGGER "invoices_version"')
}, 60_000)

test('the contract tests of its operations pass, and those of what it refers to', async () => {
  const tests = ['lib/http/api/every-', 'lib/http/api/preconditions']
  const { stdout } = await run('npx', ['vitest', 'run', '--reporter=json', '-t', 'invoices', ...tests], { cwd: folder })
  const { numFailedTests, numPassedTests } = z
    .object({ numFailedTests: z.number(), numPassedTests: z.number() })
    .parse(JSON.parse(stdout.slice(stdout.indexOf('{"'))))
  expect(numFailedTests).toBe(0)
  expect(numPassedTests).toBeGreaterThan(50)
}, 300_000)
