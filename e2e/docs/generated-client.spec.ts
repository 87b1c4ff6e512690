import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import openapiTS, { astToString } from 'openapi-typescript'
import { environment } from '@/e2e/support/environment'
import { expect, makeKey, test } from '@/e2e/support/fixtures'

const run = promisify(execFile)

/** The program of the guide, at this server; every name in it is checked against the types made from the document. */
async function programOfGuide(): Promise<string> {
  const guide = await readFile('docs/guides/typed-client.md', 'utf8')
  const [, program = ''] = /^```ts\n([\s\S]*?)^```/m.exec(guide) ?? []
  return program.replaceAll('http://127.0.0.1:3000', environment.E2E_BASE_URL)
}

const REFUSED = `
const refused = await api.DELETE('/contacts/{id}', { params: { path: { id: contact.id } } })
console.log(refused.error?.code)
`

// Below the project, so that the program finds the client's package as an integration's would.
const HOME = 'test-results/generated-client'

test('a client made from the OpenAPI document, as the guide says, compiles and works', async ({
  clientAs,
  workspace,
}) => {
  const { key } = await makeKey(await clientAs(workspace.people.admin), workspace.slug, {
    scopes: ['contacts:read', 'contacts:write'],
  })
  const document = `${environment.E2E_BASE_URL}/api/v1/openapi.json`
  await mkdir(HOME, { recursive: true })
  const folder = await mkdtemp(join(HOME, 'run-'))
  try {
    await writeFile(join(folder, 'schema.ts'), astToString(await openapiTS(new URL(document))))
    await writeFile(join(folder, 'program.ts'), (await programOfGuide()) + REFUSED)
    const strict = [
      '--ignoreConfig',
      '--strict',
      '--noEmit',
      '--target',
      'es2022',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
    ]
    const options = [...strict, '--skipLibCheck', '--types', 'node', join(folder, 'program.ts')]
    // What the compiler says it says on its standard output.
    const compiled = await run('node_modules/typescript-native/bin/tsc', options).catch(
      (error: { stdout: string }) => error,
    )
    expect(compiled.stdout).toBe('')
    const env = { ...process.env, LATCHKEY_API_KEY: key, FORCE_COLOR: '0' }
    const { stdout } = await run('node_modules/.bin/tsx', [join(folder, 'program.ts')], { env })
    expect(stdout).toMatch(/^[0-9a-f-]{36} 1\ninsufficient_scope\n$/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
