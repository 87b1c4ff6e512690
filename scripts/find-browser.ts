import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

/** The part of Chromium that draws pages without a screen: the tests take a fifth less time in it. */
const SHELL = 'chromium-headless-shell'
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const SYSTEM_PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium']

const PLAYWRIGHT = 'node_modules/playwright/cli.js'

/** Playwright's own browser, of the exact version that it was tested with. */
const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : null)

function ofSystem(headed: boolean): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const names = headed ? SYSTEM_NAMES : [SHELL, ...SYSTEM_NAMES]
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...SYSTEM_PLACES].find((path) => existsSync(path)) ?? null
}

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

const fromPackages = (name: string) => run('apt-get', 'install', '-y', '--no-install-recommends', name)

const isRoot = () => process.getuid?.() === 0

/**
 * A browser to test with: the one that is there, or else one that can be had. Nothing is installed when one is there.
 * @param headed whether it must be able to show itself
 * @throws Error that says how to get one
 */
export function findBrowser({ headed = false } = {}): string {
  const present = own() ?? ofSystem(headed)
  if (present) return present
  console.log('No browser is installed; fetching one.')
  // With its libraries where we may install them; without, the browser alone may do.
  if (isRoot()) run(process.execPath, PLAYWRIGHT, 'install', '--with-deps', 'chromium')
  else run(process.execPath, PLAYWRIGHT, 'install', 'chromium')
  const fetched = own()
  if (fetched) return fetched
  if (isRoot() && run('apt-get', 'update')) {
    // Not every distribution has the shell as a package of its own.
    const hasShell = !headed && fromPackages(SHELL)
    if (!hasShell) fromPackages('chromium')
  }
  const installed = ofSystem(headed)
  if (installed) return installed
  throw new Error('No browser for the tests: install Chromium, or run `npx playwright install --with-deps chromium`.')
}
