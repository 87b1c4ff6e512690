import { load } from './load'
import { makeKeys, type Product, withDatabase } from './product'
import { promise } from './report'

const OPEN_SECONDS = 180
const SECONDS = 10

/**
 * What a transaction held open elsewhere costs the hottest key: Postgres may remove no version of its window meanwhile.
 */
export async function openTransaction(product: Product, dataDir: string): Promise<void> {
  const me = { url: `${product.url}/api/v1/me`, keys: await makeKeys(product, 1) }
  await withDatabase(dataDir, async (client) => {
    const before = await load(me, { seconds: SECONDS })
    await client.query('SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT pg_current_xact_id()')
    await load(me, { seconds: OPEN_SECONDS - SECONDS })
    const last = await load(me, { seconds: SECONDS })
    await client.query('ROLLBACK')
    const slower = before.perSecond / last.perSecond
    const text = `a transaction open for ${OPEN_SECONDS} s makes the hottest key ${slower.toFixed(2)} × as slow (at most 1.5)`
    promise(text, slower <= 1.5)
  })
}
