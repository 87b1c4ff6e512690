import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const SYSTEM_PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium']

const PLAYWRIGHT = 'node_modules/playwright/cli.js'

/** Playwright's own browser, of the exact version that it was tested with. */
const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : null)

function ofSystem(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...SYSTEM_PLACES].find((path) => existsSync(path)) ?? null
}

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

const isRoot = () => process.getuid?.() === 0

/**
 * A browser to test with: the one that is there, or else one that can be had. Nothing is installed when one is there.
 * @throws Error that says how to get one
 */
export function findBrowser(): string {
  const present = own() ?? ofSystem()
  if (present) return present
  console.log('No browser is installed; fetching one.')
  // With its libraries where we may install them; without, the browser alone may do.
  if (isRoot()) run(process.execPath, PLAYWRIGHT, 'install', '--with-deps', 'chromium')
  else run(process.execPath, PLAYWRIGHT, 'install', 'chromium')
  const fetched = own()
  if (fetched) return fetched
  if (isRoot() && run('apt-get', 'update')) run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium')
  const installed = ofSystem()
  if (installed) return installed
  throw new Error('No browser for the tests: install Chromium, or run `npx playwright install --with-deps chromium`.')
}
