import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

/** Chromium without windows, which opens pages in half the time. */
const SHELL = 'chromium-headless-shell'
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const SYSTEM_PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium']

const PLAYWRIGHT = 'node_modules/playwright/cli.js'

type Options = {
  /** Whether somebody wants to see it at work. */
  headed?: boolean
}

/** Playwright's own browser, of the exact version that it was tested with. */
const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : null)

function ofSystem({ headed }: Options): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const names = headed ? SYSTEM_NAMES : [SHELL, ...SYSTEM_NAMES]
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...candidates, ...SYSTEM_PLACES].find((path) => existsSync(path)) ?? null
}

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

const isRoot = () => process.getuid?.() === 0

/** Where Debian's packages are; not every release has the shell. */
function installOfSystem({ headed }: Options) {
  const install = (name: string) => run('apt-get', 'install', '-y', '--no-install-recommends', name)
  return run('apt-get', 'update') && ((!headed && install(SHELL)) || install('chromium'))
}

/**
 * A browser to test with: the one that is there, or else one that can be had. Nothing is installed when one is there.
 * @throws Error that says how to get one
 */
export function findBrowser(options: Options = {}): string {
  const present = own() ?? ofSystem(options)
  if (present) return present
  console.log('No browser is installed; fetching one.')
  // With its libraries where we may install them; without, the browser alone may do.
  if (isRoot()) run(process.execPath, PLAYWRIGHT, 'install', '--with-deps', 'chromium')
  else run(process.execPath, PLAYWRIGHT, 'install', 'chromium')
  const fetched = own()
  if (fetched) return fetched
  if (isRoot()) installOfSystem(options)
  const installed = ofSystem(options)
  if (installed) return installed
  throw new Error('No browser for the tests: install Chromium, or run `npx playwright install --with-deps chromium`.')
}
