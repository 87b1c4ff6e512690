import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import { load, type Measure, NEW } from './load'
import { type Product, withDatabase } from './product'
import { promise, type Rounds, timesAsFast } from './report'

const ROUNDS = 11
const SECONDS = 3

/** Fewer calls at once than fill the machine: what is asked is what a change waits for, not what else the processor does. */
const CONNECTIONS = 4

const made = z.object({ id: z.string(), key: z.string() })

const makeKey = async ({ cli }: Product, name: string, scopes: string) =>
  made.parse(
    await cli(
      'keys',
      'create',
      '--org',
      'acme',
      '--name',
      name,
      ...(scopes ? ['--scopes', scopes] : []),
      '--env',
      'live',
    ),
  )

/** Has the sealer come round at once, or not before this is called again; waits for a round that is under way. */
async function turn(client: pg.Client, on: boolean) {
  const when = on ? '0' : '1 hour'
  const set = () =>
    client.query(
      `UPDATE jobs SET run_at = clock_timestamp() + $1::interval WHERE kind = 'audit.seal' AND held_by IS NULL RETURNING id`,
      [when],
    )
  while ((await set()).rowCount === 0) await sleep(5)
}

const waiting = `SELECT count(*)::int AS count FROM audit_entries e, audit_sealing p
  WHERE e.transaction_id >= p.sealed_to AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.entry_id = e.id)`

async function untilSealed(client: pg.Client) {
  const count = async () => (await client.query<{ count: number }>(waiting)).rows[0]?.count ?? 0
  while ((await count()) > 0) await sleep(50)
}

/** What sealing takes from the change that it seals: edits of keys, each an entry, in turns with the sealer and without. */
export async function sealing(product: Product, dataDir: string): Promise<void> {
  const { key } = await makeKey(product, 'sealing', 'admin')
  const ids: string[] = []
  for (let index = 0; index < CONNECTIONS; index++) ids.push((await makeKey(product, `sealed-${index}`, '')).id)
  const edit = {
    url: product.url,
    method: 'PATCH' as const,
    keys: ids.map(() => key),
    paths: ids.map((id) => `/api/v1/api_keys/${id}`),
    body: `{"name":"${NEW}"}`,
    connections: CONNECTIONS,
  }
  await withDatabase(dataDir, async (client) => {
    const rounds: Rounds = { on: [], off: [] }
    await load(edit, { seconds: SECONDS })
    for (let round = 0; round < ROUNDS; round++) {
      // Whoever comes second finds the other's pages written: they take turns in that too.
      for (const name of round % 2 ? ['on', 'off'] : ['off', 'on']) {
        await turn(client, true)
        await untilSealed(client)
        await turn(client, name === 'on')
        rounds[name]?.push(await load(edit, { seconds: SECONDS }))
      }
    }
    await turn(client, true)
    const refused = Object.values(rounds)
      .flat()
      .reduce((sum: number, one: Measure) => sum + one.refused, 0)
    const ratio = timesAsFast(rounds, 'on', 'off')
    promise(
      `a change that is sealed behind it is ${ratio.toFixed(2)} × as fast (at least 0.97), ${refused} refused`,
      ratio >= 0.97 && refused === 0,
    )
  })
}
