import { randomBytes } from 'node:crypto'
import { spawnProduct, stop } from '@/lib/testing/product'
import { load } from './load'
import { withDatabase } from './product'
import { promise, type Rounds, timesAsFast } from './report'

const PAIRS = 41
const SECONDS = 1
const WARM_UP_SECONDS = 8

/**
 * What counting for Prometheus costs `/me`: one process, which counts and does not, in turns of a second each. Two processes
 * of the same code differ by more.
 */
export async function metrics(dataDir: string, keys: string[]): Promise<void> {
  await withDatabase(dataDir, async (_, url) => {
    const product = spawnProduct({
      DATABASE_URL: url,
      AUTH_SECRET: randomBytes(24).toString('hex'),
      NODE_OPTIONS: `--import ${new URL('metrics-switch.mjs', import.meta.url)}`,
    })
    try {
      const me = { url: `${await product.ready()}/api/v1/me`, keys }
      await load(me, { seconds: WARM_UP_SECONDS })
      const rounds: Rounds = { counting: [], silent: [] }
      for (let pair = 0; pair < PAIRS; pair++) {
        rounds.counting?.push(await load(me, { seconds: SECONDS }))
        product.process.kill('SIGUSR2')
        rounds.silent?.push(await load(me, { seconds: SECONDS }))
        product.process.kill('SIGUSR2')
      }
      const dearer = timesAsFast(rounds, 'silent', 'counting')
      promise(`metrics make /me ${dearer.toFixed(3)} × as dear (at most 1.03)`, dearer <= 1.03)
    } finally {
      await stop(product)
    }
  })
}
