import { defineConfig } from '@playwright/test'

const isRoot = process.getuid?.() === 0

// What is made slower is waited for longer, and what is looked at oftener.
const slowdown = Number(process.env.E2E_CPU_SLOWDOWN ?? 1)
const looks = process.env.E2E_EVERY_WIDTH ? 3 : 1

/** What Chromium does beside showing a page. */
const NEEDLESS = [
  // For each window it loads two pages of its own, which take as long as one of ours.
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
  // Playwright's own list: of two lists only the last counts.
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'MediaRouter'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  'PreconnectToSearch',
]

/** Run by `npm run test:e2e`, which starts the product and says where it is. */
export default defineConfig({
  testDir: 'e2e',
  // What ends in .test.ts is vitest's.
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 60_000 * slowdown * looks,
  fullyParallel: true,
  // On two processors: a test waits now and then for what the page does every few seconds.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./e2e/support/times-reporter.ts']],
  expect: { timeout: 15_000 * slowdown },
  use: {
    baseURL: process.env.E2E_BASE_URL,
    // What was called and sent, and the page as it failed; `-- --trace on` adds the page after every step, and takes longer.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.E2E_BROWSER,
      args: [
        `--disable-features=${NEEDLESS}`,
        // Where no screen is, the processor draws faster than a graphics card that it plays itself.
        '--disable-gpu',
        // Chromium's sandbox does not run as root.
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
})
