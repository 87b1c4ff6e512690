import { randomBytes } from 'node:crypto'
import { spawnProduct, stop } from '@/lib/testing/product'
import { load } from './load'
import { withDatabase } from './product'
import { promise, type Rounds, timesAsFast } from './report'

const PAIRS = 21
const SECONDS = 1
const WARM_UP_SECONDS = 4

const WITHOUT = { NODE_OPTIONS: `--import ${new URL('without-metrics.mjs', import.meta.url)}` }

/**
 * What counting for Prometheus costs `/me`: two processes on one database, of which one counts nothing, in turns of a second each.
 * Whatever else the machine does hits both of a pair.
 */
export async function metrics(dataDir: string, keys: string[]): Promise<void> {
  await withDatabase(dataDir, async (_, url) => {
    const settings = { DATABASE_URL: url, AUTH_SECRET: randomBytes(24).toString('hex') }
    const products = { counting: spawnProduct(settings), silent: spawnProduct({ ...settings, ...WITHOUT }) }
    try {
      const me = {
        counting: { url: `${await products.counting.ready()}/api/v1/me`, keys },
        silent: { url: `${await products.silent.ready()}/api/v1/me`, keys },
      }
      for (const one of Object.values(me)) await load(one, { seconds: WARM_UP_SECONDS })
      const rounds: Rounds = { counting: [], silent: [] }
      for (let pair = 0; pair < PAIRS; pair++) {
        for (const name of pair % 2 ? (['counting', 'silent'] as const) : (['silent', 'counting'] as const)) {
          rounds[name]?.push(await load(me[name], { seconds: SECONDS }))
        }
      }
      const dearer = timesAsFast(rounds, 'silent', 'counting')
      promise(`metrics make /me ${dearer.toFixed(3)} × as dear (at most 1.03)`, dearer <= 1.03)
    } finally {
      await Promise.all(Object.values(products).map(stop))
    }
  })
}
