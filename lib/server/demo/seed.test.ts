import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { MINUTE_MS } from '@/lib/base/time'
import { disconnect, pool, prisma } from '@/lib/kernel/db/client'
import { seedDemo } from '@/lib/server/demo/seed'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase()

test('the demo data is made whole on a machine that is slower than any request may be', async () => {
  const limits = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
  const { rows } = await pool().query('SELECT current_database() AS name')
  for (const limit of limits) await pool().query(`ALTER DATABASE ${rows[0].name} SET ${limit} = '300ms'`)
  await pool().query(`
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$;
    CREATE TRIGGER dawdle AFTER INSERT ON key_usage FOR EACH STATEMENT EXECUTE FUNCTION dawdle()`)
  // Connections made from now on have the limits.
  await disconnect()
  const holder = await pool().connect()
  await holder.query('SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE leads')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const seeding = seedDemo('correct horse battery')
  const waiters = `SELECT FROM pg_locks WHERE NOT granted AND relation = 'leads'::regclass`
  while ((await holder.query(waiters)).rowCount === 0) await setImmediate()
  // A quarter of an hour passes for the process while its last statement waits.
  await vi.advanceTimersByTimeAsync(15 * MINUTE_MS)
  vi.useRealTimers()
  await holder.query('COMMIT')
  holder.release()
  await seeding
  expect(await prisma().lead.count()).toBe(325)
  expect(await prisma().apiKey.count()).toBe(9)
  expect(await prisma().ticket.count()).toBe(184)
  expect(await prisma().projectRecord.count()).toBe(34)
  expect(await prisma().attachmentPiece.count()).toBe(4)
  expect(await prisma().campaignRecipient.count()).toBe(137)
  const written = ['subject', 'html', 'text'].map((part) => ({ [part]: { contains: '{{' } }))
  expect(await prisma().email.count({ where: { OR: written } })).toBe(0)
  expect(await prisma().keyUsage.count()).toBeGreaterThan(1_000)
}, 60_000)
