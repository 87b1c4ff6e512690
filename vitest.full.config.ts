import { defineConfig, mergeConfig } from 'vitest/config'
import config from './vitest.config'

/** The long ones: whole processes, killed and started again. */
export default mergeConfig(
  { ...config, test: { ...config.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['{lib,e2e,bench,scripts}/**/*.full.test.ts'],
      exclude: ['**/node_modules/**'],
      // They measure what a whole machine serves: one at a time, and each in a process of its own.
      fileParallelism: false,
      isolate: true,
      testTimeout: 300_000,
      // Debian's PgBouncer is older than prepared statements in transaction mode.
      env: { DATABASE_PREPARED: 'off' },
    },
  }),
)
