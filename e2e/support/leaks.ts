import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { environment } from './environment'
import { query } from './workspace'

/** Looks for a secret wherever it must not be. Each returns the places where it is. */

/** Every column of every row of every table; bytes are searched as hexadecimal. */
export async function inDatabase(secret: string): Promise<string[]> {
  const { rows: tables } = await query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  const forms = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')]
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await query<{ hits: number }>(
      `SELECT count(*)::int AS hits FROM ${name} t
       WHERE EXISTS (SELECT FROM unnest($1::text[]) form WHERE strpos(to_jsonb(t)::text, form) > 0)`,
      [forms],
    )
    if (rows[0]?.hits) found.push(`table ${name}`)
  }
  if (tables.length === 0) throw new Error('No table was searched.')
  return found
}

/** Everything that the product has written to disk: its log, and the database's files and logs. */
export async function onDisk(secret: string): Promise<string[]> {
  const entries = await readdir(environment.E2E_DATA_DIR, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found: string[] = []
  for (const file of [environment.E2E_LOG, ...files]) {
    // The database replaces files while it runs.
    const content = await readFile(file).catch(() => null)
    if (content?.includes(secret)) found.push(file)
  }
  return found
}

/** What the browser keeps of the page: its source, address, history state, storages and cookies. */
export async function inBrowser(page: Page, secret: string): Promise<string[]> {
  const places = await page.evaluate(async () => ({
    source:
      document.documentElement.outerHTML + [...document.querySelectorAll('input')].map(({ value }) => value).join(),
    address: location.href + JSON.stringify(history.state),
    localStorage: JSON.stringify(localStorage),
    sessionStorage: JSON.stringify(sessionStorage),
    databases: JSON.stringify(await indexedDB.databases()),
    caches: JSON.stringify(await caches.keys()),
  }))
  const cookies = JSON.stringify(await page.context().cookies())
  return Object.entries({ ...places, cookies }).flatMap(([place, text]) => (text.includes(secret) ? [place] : []))
}
