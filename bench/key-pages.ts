import type pg from 'pg'
import { z } from 'zod'
import { DEMO_PASSWORD, type Product, withDatabase } from './product'
import { bestOf, compare, promise, timesAsFast } from './report'
import { kilobytesOf, scriptsOf } from './scripts'

const MOST_SCRIPT_KB = 200

const csrf = z.object({ csrfToken: z.string() })

const cookiesOf = (reply: Response): string =>
  reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Signs the demo's Admin in. @returns the browser's `Cookie` */
async function signIn({ url }: Product): Promise<string> {
  const asked = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = csrf.parse(await asked.json())
  const fields = { csrfToken, email: 'admin@acme.test', password: DEMO_PASSWORD, callbackUrl: '/', json: 'true' }
  const signedIn = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { Cookie: cookiesOf(asked) },
    body: new URLSearchParams(fields),
  })
  return cookiesOf(signedIn)
}

/** Two organisations of the demo's Admin, with few keys and with many. */
async function fillKeys(client: pg.Client) {
  for (const [slug, count] of [
    ['few', 10],
    ['many', 10_000],
  ]) {
    await client.query(
      `WITH organization AS (
         INSERT INTO organizations (id, slug, name, plan, developer_api)
         VALUES (gen_random_uuid(), $1, $1, 'enterprise', true) RETURNING id
       ), membership AS (
         INSERT INTO memberships (organization_id, user_id, role, developer)
         SELECT organization.id, users.id, 'admin', true FROM organization, users WHERE email = 'admin@acme.test'
       )
       INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash, scopes, created_at)
       SELECT gen_random_uuid(), organization.id, gen_random_uuid(), 'live', 'key ' || n, 'lk_live_' || n,
         sha256(random()::text::bytea), ARRAY['contacts:read'], now() - n * interval '1 minute'
       FROM organization, generate_series(1, $2::int) n`,
      [slug, count],
    )
  }
  await client.query('ANALYZE api_keys')
}

/** The list of keys: what its page loads, and what its first page costs among many keys. */
export async function keyPages(product: Product, dataDir: string) {
  const cookie = await signIn(product)
  const scripts = await kilobytesOf(product, await scriptsOf(product, '/orgs/acme/settings/api-keys', cookie))
  promise(
    `the list of keys loads ${scripts.toFixed(0)} KB of JavaScript (at most ${MOST_SCRIPT_KB})`,
    scripts <= MOST_SCRIPT_KB,
  )
  await withDatabase(dataDir, fillKeys)
  const listOf = (slug: string) => ({
    url: `${product.url}/api/dashboard/orgs/${slug}/keys`,
    headers: { cookie },
  })
  const rounds = await compare({ few: listOf('few'), many: listOf('many') })
  const ratio = timesAsFast(rounds, 'few', 'many')
  const refused = bestOf(rounds).reduce((sum, [, best]) => sum + best.refused, 0)
  promise(`first page of 10,000 keys: ${ratio.toFixed(2)} × that of 10 (at most 1.5)`, ratio <= 1.5 && refused === 0)
}
