import type pg from 'pg'
import { type Load, NEW } from './load'
import { makeKeys, type Product } from './product'
import { compare, promise, timesAsFast } from './report'

const CONTACTS = 20_000

/** Contacts of the demo organisation, some of whom are read and changed. @returns their ids */
async function fillContacts(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO contacts (id, organization_id, environment, email, first_name, company, title, created_at)
     SELECT gen_random_uuid(), o.id, 'live', 'row-' || n || '@example.com', 'Ada', 'Analytical Engines', 'Mathematician',
       now() + n * interval '1 second'
     FROM organizations o, generate_series(1, $1::int) n WHERE o.slug = 'acme' RETURNING id`,
    [CONTACTS],
  )
  await client.query('ANALYZE contacts')
  return rows.map(({ id }) => id)
}

type Target = { what: string; call: (base: string) => Load; atLeast: number; reference?: (base: string) => Load }

/** The body of a creation: nobody else has the email. */
export const NEW_CONTACT = `{"email":"ada-${NEW}@example.com"}`

function targets(keys: string[], ids: string[]): Target[] {
  const create = (base: string): Load => ({ url: `${base}/contacts`, method: 'POST', keys, body: NEW_CONTACT })
  const paths = (base: string) =>
    keys.map((_, turn) => `${new URL(base).pathname.replace(/\/$/, '')}/contacts/${ids[turn]}`)
  const get = (base: string): Load => ({ url: base, paths: paths(base), keys })
  const patch = (base: string): Load => ({ ...get(base), method: 'PATCH', body: '{"title":"x"}' })
  return [
    { what: '/me', atLeast: 1.2, call: (base) => ({ url: `${base}/me`, keys }) },
    { what: 'a list of 25', atLeast: 0.8, call: (base) => ({ url: `${base}/contacts?limit=25`, keys }) },
    { what: 'one contact', atLeast: 0.8, call: get },
    { what: 'a creation', atLeast: 0.8, call: create },
    { what: 'a patch', atLeast: 0.7, call: patch },
    {
      what: 'a creation with Idempotency-Key',
      atLeast: 0.6,
      call: (base) => ({ ...create(base), idempotent: true }),
      reference: create,
    },
    { what: 'one call alone', atLeast: 0.5, call: (base) => ({ ...get(base), connections: 1 }) },
  ]
}

/** What keys open against the hand-written server on the same database, in turns. */
export async function againstReference(product: Product, reference: string, client: pg.Client): Promise<void> {
  const keys = await makeKeys(product, 16)
  for (const { what, atLeast, call, reference: other = call } of targets(keys, await fillContacts(client))) {
    const rounds = await compare({ ours: call(`${product.url}/api/v1`), theirs: other(reference) })
    const refused = Object.values(rounds)
      .flat()
      .some((measure) => measure.refused > 0)
    const ratio = timesAsFast(rounds, 'ours', 'theirs')
    const text = `${what}: ${ratio.toFixed(2)} × the hand-written server (at least ${atLeast})`
    promise(refused ? `${text}, with calls refused` : text, ratio >= atLeast && !refused)
  }
}
