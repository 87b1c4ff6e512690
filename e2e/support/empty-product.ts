import { randomBytes } from 'node:crypto'
import { openClient } from '@/lib/kernel/db/session'
import { spawnProduct, stop } from '@/lib/testing/product'
import { environment } from './environment'

/** A second product, on an external database in which there is nothing. */

export type EmptyProduct = { url: string; token: string; stop: () => Promise<void> }

async function asSuperuser(sql: string) {
  const client = await openClient({ connectionString: environment.E2E_ADMIN_DATABASE_URL })
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Starts it as an operator does: with DATABASE_URL and AUTH_SECRET, and nothing else. */
export async function startEmptyProduct(): Promise<EmptyProduct> {
  const database = new URL(environment.E2E_DATABASE_URL)
  const name = `first_run_${randomBytes(6).toString('hex')}`
  await asSuperuser(`CREATE DATABASE ${name} OWNER ${database.username}`)
  database.pathname = name
  const product = spawnProduct({ DATABASE_URL: database.href, AUTH_SECRET: randomBytes(32).toString('base64url') })
  const end = async () => {
    await stop(product)
    await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`)
  }
  try {
    return { url: await product.ready(), token: await product.printed(/^\s*token\s+(\S+)\s/m), stop: end }
  } catch (error) {
    await end()
    throw error
  }
}
