import { defineConfig } from 'vitest/config'
import config from './vitest.config'

/** The unit tests once more: on databases whose locale and defaults are odd in every way, and with nothing prepared. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    globalSetup: 'lib/testing/postgres/set-up-hostile.ts',
    env: { ...config.test?.env, DATABASE_PREPARED: 'off' },
  },
})
