import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import pg from 'pg'
import { fixSession } from '@/lib/kernel/db/session'
import { environment } from './environment'

/** An organisation of one test, with a person of each role: no test sees what another does. */

export const PASSWORD = 'correct horse battery staple'
export type Role = 'admin' | 'read_only_admin' | 'member'
export type Account = { id: string; email: string; name: string }
export type Workspace = { id: string; slug: string; people: Record<Role, Account> }

const database = new pg.Pool({
  connectionString: environment.E2E_DATABASE_URL,
  max: 2,
  allowExitOnIdle: true,
  onConnect: fixSession,
})
// The cheapest that verifies: a hash carries its own parameters.
const passwordHash = hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 })

export const query = <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
  database.query<Row>(sql, values)

const NAMES: Record<Role, string> = { admin: 'Ann Admin', read_only_admin: 'Rob Reader', member: 'Mia Member' }

/** Somebody who can sign in and belongs nowhere. */
export async function makeAccount(name: string, { platform_admin = false } = {}): Promise<Account> {
  const account = { id: randomUUID(), email: `${randomUUID()}@e2e.test`, name }
  await query('INSERT INTO users (id, email, name, password_hash, platform_admin) VALUES ($1, $2, $3, $4, $5)', [
    account.id,
    account.email,
    account.name,
    await passwordHash,
    platform_admin,
  ])
  return account
}

async function makePerson(organization: string, role: Role): Promise<Account> {
  const account = await makeAccount(NAMES[role])
  await query('INSERT INTO memberships (organization_id, user_id, role, developer) VALUES ($1, $2, $3, true)', [
    organization,
    account.id,
    role,
  ])
  return account
}

export async function makeWorkspace(): Promise<Workspace> {
  const id = randomUUID()
  const slug = `e2e-${id.slice(0, 8)}`
  await query(
    `INSERT INTO organizations (id, slug, name, plan, developer_api) VALUES ($1, $2, 'Umbrella', 'pro', true)`,
    [id, slug],
  )
  const people = {
    admin: await makePerson(id, 'admin'),
    read_only_admin: await makePerson(id, 'read_only_admin'),
    member: await makePerson(id, 'member'),
  }
  return { id, slug, people }
}
