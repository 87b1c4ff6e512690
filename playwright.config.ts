import { defineConfig } from '@playwright/test'

const isRoot = process.getuid?.() === 0

/** Run by `npm run test:e2e`, which starts the product and says where it is. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.E2E_BASE_URL,
    // What was called and sent, and the page as it failed; `-- --trace on` adds the page after every step, and takes longer.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.E2E_BROWSER,
      // Chromium's sandbox does not run as root.
      args: isRoot ? ['--no-sandbox'] : [],
    },
  },
})
