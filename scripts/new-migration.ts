import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NO_FILTERS, withSchemaEngine } from '@/lib/server/migrations/schema-engine'
import { startEmbeddedPostgres } from '@/lib/server/postgres/embedded-postgres'

const SCHEMA = 'prisma/schema.prisma'
/**
 * The schema that the last migration led to. Compared with it, and not with a database, a new migration holds only
 * what changed in the schema, and leaves alone what earlier ones added by hand (expression indexes, checks).
 */
const LAST_SCHEMA = 'prisma/migrations/schema.prisma'

async function diff(last: string | null, next: string): Promise<string> {
  const datamodel = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: SCHEMA, content }] })
  const from = last === null ? { tag: 'empty' as const } : datamodel(last)
  // The engine wants to know the version of a Postgres, though it only compares two schemas.
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-migration-'))
  const database = await startEmbeddedPostgres({ dataDir, role: 'server' })
  try {
    const { stdout } = await withSchemaEngine(database.url, (engine) =>
      engine.diff({ from, to: datamodel(next), script: true, exitCode: null, filters: NO_FILTERS }),
    )
    return stdout ?? ''
  } finally {
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Rows with a version have it raised by the database at each change, which Prisma's schema cannot say. */
function triggers(sql: string): string {
  const tables = [...sql.matchAll(/CREATE TABLE "(\w+)" \(([^;]*)\);/g)]
  return tables
    .filter(([, , columns = '']) => /^\s*"version" INTEGER/m.test(columns))
    .map(
      ([, table]) => `
-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "${table}_version" BEFORE UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION "raise_version"();
`,
    )
    .join('')
}

async function main(name: string | undefined): Promise<number> {
  if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
    console.error('Usage: npm run migration -- <name>, in lower case with underscores: add_contacts')
    return 2
  }
  const next = await readFile(SCHEMA, 'utf8')
  const sql = await diff(await readFile(LAST_SCHEMA, 'utf8').catch(() => null), next)
  if (sql.includes('This is an empty migration')) {
    console.log('The migrations already lead to the schema: nothing to write.')
    return 0
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = `prisma/migrations/${stamp}_${name}`
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/migration.sql`, sql + triggers(sql))
  await writeFile(LAST_SCHEMA, next)
  console.log(`Wrote ${folder}/migration.sql. Read it, then add what the schema cannot say.`)
  return 0
}

process.exitCode = await main(process.argv[2])
