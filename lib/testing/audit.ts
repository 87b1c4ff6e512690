import { inject } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { sealOn } from '@/lib/kernel/audit/chain/seal-on'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { openClient } from '@/lib/kernel/db/session'

/**
 * Seals all that has been committed by now. What other databases of the same server are about holds it back for a moment.
 */
export async function sealAll(): Promise<void> {
  const [now] = await prisma().$queryRaw<{ number: string }[]>`SELECT pg_current_xact_id()::text AS number`
  const isDone = () =>
    prisma().$queryRaw<
      unknown[]
    >`SELECT FROM audit_sealing WHERE looked_to IS NULL AND sealed_to > ${now?.number}::xid8`
  do await sealOn(workerPrisma())
  while ((await isDone()).length === 0)
}

/** What no rule of the database withstands: somebody with all rights, who takes the triggers away first. */
export async function vandalize(...statements: string[]): Promise<void> {
  const database = new URL(runtime().databaseUrl).pathname
  const connectionString = Object.assign(new URL(inject('postgres').adminUrl), { pathname: database }).href
  const client = await openClient({ connectionString })
  const tables = ['audit_entries', 'audit_seals']
  try {
    await client.query('BEGIN')
    for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)
    for (const statement of statements) await client.query(statement)
    for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_append_only`)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
