import type pg from 'pg'
import { LIFT_LIMITS } from '@/lib/kernel/db/session'
import type { Sizes } from '../sizes'
import { onBareTables } from './bare-tables'
import { KEY_ROWS } from './key-rows'
import { FUNCTIONS } from './numbered'
import { PEOPLE_ROWS } from './people-rows'
import { fillBehindResources, RESOURCE_ROWS } from './resource-rows'
import { WEBHOOK_ROWS } from './webhook-rows'

const MEMORY = `SELECT set_config('work_mem', '256MB', true), set_config('maintenance_work_mem', '512MB', true)`

/**
 * Fills an empty, migrated database, all or nothing, and leaves `note` on it.
 * @param told after each table, with its rows
 */
export async function fill(
  client: pg.ClientBase,
  sizes: Sizes,
  note: string,
  told: (what: string, rows?: number) => void,
): Promise<void> {
  await client.query(`BEGIN; ${LIFT_LIMITS}; ${MEMORY}; ${FUNCTIONS}`)
  try {
    await onBareTables(client, async () => {
      for (const [what, fillTable] of [...PEOPLE_ROWS, ...KEY_ROWS, ...RESOURCE_ROWS, ...WEBHOOK_ROWS]) {
        told(what, await fillTable(client, sizes))
      }
      told('what stands on lists, steps, bytes', await fillBehindResources(client, sizes))
    })
    told('indexes and references')
    await client.query(`COMMENT ON TABLE organizations IS '${note}'; COMMIT`)
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
  await client.query(`SET statement_timeout = 0`)
  // What lies here has been told long ago; unread, telling it would be measured beside all else.
  for (const place of ['webhook_relay', 'notice_relay']) {
    await client.query(`UPDATE ${place} SET read_to = pg_current_xact_id()`)
  }
  await client.query('VACUUM (ANALYZE)')
  told('VACUUM ANALYZE')
}
