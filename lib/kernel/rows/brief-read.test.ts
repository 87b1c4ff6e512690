import { afterEach, expect, test, vi } from 'vitest'
import { log } from '@/lib/base/node/log'
import { pool } from '@/lib/kernel/db/client'
import { readBriefly } from '@/lib/kernel/rows/brief-read'
import { sql } from '@/lib/kernel/rows/sql'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase()

afterEach(() => void vi.restoreAllMocks())

const ASLEEP = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`

test('a read that takes too long is ended in Postgres itself, and the log says what was asked and no value', async () => {
  const warn = vi.spyOn(log, 'warn')
  const asked = { list: 'leads', filters: ['q'] }
  const slow = readBriefly(asked, (read) => read(sql`SELECT pg_sleep(30), ${'a secret'}::text`))
  await expect(slow).rejects.toMatchObject({ code: 'unavailable', facts: { retry_after: 5 } })
  expect((await pool().query(ASLEEP)).rows).toEqual([])
  expect(warn.mock.calls).toEqual([[{ asked }, 'A read took too long, and was ended.']])
})

test('its limit holds for it alone, and what fails leaves the connection as it was', async () => {
  const limit = sql`SELECT current_setting('statement_timeout') AS ms, pg_backend_pid() AS pid`
  const within = await readBriefly({}, (read) => read<{ ms: string; pid: number }>(limit))
  await expect(readBriefly({}, (read) => read(sql`SELECT 1 / ${0}::int`))).rejects.toMatchObject({ code: '22012' })
  const { rows } = await pool().query('SELECT current_setting($1) AS ms, pg_backend_pid() AS pid', [
    'statement_timeout',
  ])
  expect(within).toEqual([{ ms: '3s', pid: rows[0].pid }])
  expect(rows[0].ms).toBe('8s')
})

test('it writes nothing', async () => {
  const write = readBriefly({}, (read) => read(sql`CREATE TABLE made (id int)`))
  await expect(write).rejects.toMatchObject({ code: '25006' })
})
