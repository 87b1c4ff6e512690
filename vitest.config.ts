import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{lib,components,app,e2e,bench,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/*.full.test.ts'],
    // Tests wait for the database as much as they compute: a processor is not kept free.
    maxWorkers: '100%',
    globalSetup: 'lib/testing/postgres/set-up.ts',
    // Fills the catalogue, as every process does at its start.
    setupFiles: 'lib/resources/register.ts',
    // Files share their worker's modules and its database: each cost more to load and to make than most files take to run.
    isolate: false,
    env: { NODE_ENV: 'test' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ['default', './scripts/unit-times-reporter.ts'],
  },
})
