import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from '@prisma/driver-adapter-utils'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { z } from 'zod'
import { fixSession, LIFT_LIMITS } from '@/lib/kernel/db/session'
import type { MigrationFile } from '@/lib/server/migrations/migration-files'

/** Prisma's migration engine. Its WebAssembly build needs no download and no binary for the machine. */
export type SchemaEngine = glue.SchemaEngine

export const NO_FILTERS = { externalTables: [], externalEnums: [] }

const startable = z.object({ __wbindgen_start: z.custom<() => void>((value) => typeof value === 'function') })
let loading: Promise<void> | undefined

/** Its own entry imports the .wasm as a module, which Node 20 does only behind a flag. */
async function load() {
  const resolve = createRequire(import.meta.url).resolve
  const file = resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': { ...glue } })
  glue.__wbg_set_wasm(instance.exports)
  startable.parse(instance.exports).__wbindgen_start()
}

/**
 * Sends a migration to Postgres whole. Prisma's own adapter cuts scripts at every semicolon, so that no migration could
 * hold a function; sent whole, Postgres also runs it as one transaction, which may take its time.
 */
class WholeScriptAdapter extends PrismaPg {
  constructor(private readonly scripts: pg.Pool) {
    super(scripts)
  }

  override async connect() {
    const adapter = await super.connect()
    adapter.executeScript = async (script) => {
      try {
        await this.scripts.query(`${LIFT_LIMITS};\n${script}`)
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) throw error
        const { code = 'XX000', severity = 'ERROR', message, detail, column, hint } = error
        throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
      }
    }
    return adapter
  }
}

/** Runs `work` with an engine on the database at `url`. */
export async function withSchemaEngine<Result>(url: string, work: (engine: SchemaEngine) => Promise<Result>) {
  loading ??= load()
  await loading
  const pool = new pg.Pool({ connectionString: url, application_name: 'latchkey migrations', onConnect: fixSession })
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptAdapter(pool))
  const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
  try {
    return await work(engine)
  } finally {
    engine.free()
    await pool.end()
  }
}

export function migrationList(files: MigrationFile[]): MigrationList {
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: files.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}
