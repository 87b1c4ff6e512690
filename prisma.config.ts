import { defineConfig } from 'prisma/config'

// The CLI would download a schema engine even for `generate`. We never use that engine (migrations run on its
// WebAssembly build), so any executable satisfies the check and nothing is fetched.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma' })
