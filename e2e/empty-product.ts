import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { environment } from './environment'

/** A second product, on an external database in which there is nothing. */

export type EmptyProduct = { url: string; token: string; stop: () => Promise<void> }

async function asSuperuser(sql: string) {
  const client = new pg.Client({ connectionString: environment.E2E_ADMIN_DATABASE_URL })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** What the start prints: its address, and the token of the first run. */
async function readStart(child: ChildProcess): Promise<{ url: string; token: string }> {
  if (!child.stdout) throw new Error('The product has no output.')
  let url = ''
  for await (const line of createInterface({ input: child.stdout })) {
    url = /^\s*ready\s+(http:\S+)/.exec(line)?.[1] ?? url
    const token = /^\s*token\s+(\S+)/.exec(line)?.[1]
    if (token) return { url, token }
  }
  throw new Error('The product did not start.')
}

/** Starts it as an operator does: with DATABASE_URL and AUTH_SECRET, and nothing else. */
export async function startEmptyProduct(): Promise<EmptyProduct> {
  const database = new URL(environment.E2E_DATABASE_URL)
  const name = `first_run_${randomBytes(6).toString('hex')}`
  await asSuperuser(`CREATE DATABASE ${name} OWNER ${database.username}`)
  database.pathname = name
  const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.href,
      AUTH_SECRET: randomBytes(32).toString('base64url'),
      HOST: '127.0.0.1',
      PORT: '0',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
    await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`)
  }
  try {
    const started = await readStart(child)
    child.stdout?.resume()
    return { ...started, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
