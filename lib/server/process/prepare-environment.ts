import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Imported before everything else of a process: what `.env` says, and the mode that React and Next choose their builds
 * by, must stand before any module reads them. Paths are relative to the product's folder, wherever it is started from.
 */
process.chdir(fileURLToPath(new URL('../../..', import.meta.url)))
if (existsSync('.env')) process.loadEnvFile('.env')

const MODE = {
  NODE_ENV: process.argv.includes('--dev') ? 'development' : 'production',
  NEXT_TELEMETRY_DISABLED: '1',
}
// biome-ignore lint/style/noProcessEnv: written for others to read, not read.
Object.assign(process.env, MODE)
