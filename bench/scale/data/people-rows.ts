import type pg from 'pg'
import { type Size, type Sizes, sizeOf } from '../sizes'
import { CAME_AT, idOf, insert, numbered, organizationId } from './numbered'

/** Of the tenant that is measured, in both databases. */
export const MEASURED_SLUG = 'measured'
/** Of the member of it who made three tenths of its keys. */
export const MAKER_EMAIL = 'maker@measured.example'

const ONE: Size = { measured: 1, other: 1 }
const of = (table: string) => `pg_temp.id_of('${table}', tenant, n, size)`
const hashOf = (kind: string) => `sha256(concat_ws('/', '${kind}', tenant, n)::bytea)`
/** The odd are over, the even are not. */
const ENDS_AT = `now() + CASE n % 2 WHEN 0 THEN 1 ELSE -1 END * interval '1 day'`

type Fill = (client: pg.ClientBase, sizes: Sizes) => Promise<number>

const organizations: Fill = (client, sizes) =>
  insert(
    client,
    'organizations',
    {
      id: organizationId(sizes),
      slug: `CASE tenant WHEN 0 THEN '${MEASURED_SLUG}' ELSE 'organization-' || tenant END`,
      name: `(ARRAY['Northern Timber', 'Blue Orchard', 'Vega Optics'])[1 + tenant % 3] || ' ' || tenant`,
      plan: `(CASE tenant WHEN 0 THEN 'enterprise' ELSE (ARRAY['free', 'pro', 'enterprise'])[1 + tenant % 3] END)::plan`,
      developer_api: 'tenant % 10 < 9',
      rate_limit: 'CASE tenant WHEN 0 THEN 1000000000 END',
      created_at: `pg_temp.came_at(tenant, ${sizes.organizations})`,
    },
    numbered(sizes, ONE),
  )

const users: Fill = (client, sizes) =>
  insert(
    client,
    'users',
    {
      id: of('users'),
      email: `CASE WHEN tenant = 0 AND n = 0 THEN '${MAKER_EMAIL}' ELSE 'user-' || n || '@organization-' || tenant || '.example' END`,
      name: `(ARRAY['Ada Lovelace', 'Grace Hopper', 'Alan Turing'])[1 + n % 3]`,
      email_proved_at: CAME_AT,
      created_at: CAME_AT,
    },
    numbered(sizes, sizeOf(sizes, 'users')),
  )

const memberships: Fill = (client, sizes) =>
  insert(
    client,
    'memberships',
    {
      organization_id: organizationId(sizes),
      user_id: of('users'),
      role: `(CASE n % 10 WHEN 0 THEN 'admin' WHEN 1 THEN 'read_only_admin' ELSE 'member' END)::role`,
      developer: 'n % 10 < 2',
      created_at: CAME_AT,
    },
    numbered(sizes, sizeOf(sizes, 'users')),
  )

const sessions: Fill = (client, sizes) =>
  insert(
    client,
    'sessions',
    {
      id: 'gen_random_uuid()',
      user_id: of('users'),
      created_at: `${ENDS_AT} - interval '7 days'`,
      expires_at: ENDS_AT,
      address: `'203.0.113.' || n % 250`,
      user_agent: `'Mozilla/5.0'`,
    },
    `${numbered(sizes, sizeOf(sizes, 'users'))}, generate_series(1, 2)`,
  )

/** A quarter each open, accepted, withdrawn and too old. */
const invitations: Fill = (client, sizes) =>
  insert(
    client,
    'invitations',
    {
      id: of('invitations'),
      organization_id: organizationId(sizes),
      email: `'guest-' || n || '@organization-' || tenant || '.example'`,
      role: `'member'::role`,
      developer: 'false',
      token_hash: hashOf('invitation'),
      invited_by: idOf(sizes, 'users', '0'),
      created_at: CAME_AT,
      expires_at: `now() + CASE n % 4 WHEN 3 THEN -1 ELSE 1 END * interval '6 days'`,
      accepted_at: 'CASE n % 4 WHEN 1 THEN now() END',
      withdrawn_at: 'CASE n % 4 WHEN 2 THEN now() END',
    },
    numbered(sizes, sizeOf(sizes, 'invitations')),
  )

/** One organisation in twenty waits for an answer. */
const accessRequests: Fill = (client, sizes) =>
  insert(
    client,
    'access_requests',
    {
      id: of('access_requests'),
      organization_id: organizationId(sizes),
      requested_by: idOf(sizes, 'users', '0'),
      created_at: CAME_AT,
    },
    `${numbered(sizes, ONE)} WHERE tenant % 20 = 1`,
  )

/** A hundred ranges where it is measured, beside some keys' addresses; every fifth of the others has a simple one. */
const policies: Fill = (client, sizes) =>
  insert(
    client,
    'policies',
    {
      organization_id: organizationId(sizes),
      keys_must_expire: 'tenant > 0',
      longest_lifetime_hours: 'CASE tenant WHEN 0 THEN 720 END',
      allowed_ranges: `CASE tenant WHEN 0 THEN (SELECT array_agg(('203.0.' || i || '.0/24')::inet) FROM generate_series(14, 113) i) ELSE '{}' END`,
    },
    `${numbered(sizes, ONE)} WHERE tenant % 5 = 0`,
  )

const identities: Fill = (client, sizes) =>
  insert(
    client,
    'identities',
    { issuer: `'https://login.example'`, subject: `${of('users')}::text`, user_id: of('users') },
    `${numbered(sizes, sizeOf(sizes, 'users'))} WHERE n % 3 = 0`,
  )

/** Half of them the Admin's who looks; one in twenty is unread. */
const notices: Fill = (client, sizes) =>
  insert(
    client,
    'notices',
    {
      id: of('notices'),
      user_id: idOf(sizes, 'users', 'CASE n % 2 WHEN 0 THEN 0 ELSE n END'),
      organization_id: organizationId(sizes),
      kind: `'key_created'::notice_kind`,
      as_maker: 'false',
      details: `'{"subjects": [], "count": 2, "by": null, "until": null}'::jsonb`,
      at: CAME_AT,
      read_at: `CASE WHEN n % 20 > 1 THEN ${CAME_AT} END`,
    },
    numbered(sizes, sizeOf(sizes, 'notices')),
  )

/** What is over soon, and what has been for a while: chores look for it. */
const passing: Fill = async (client, sizes) => {
  const tenth = `${numbered(sizes, sizeOf(sizes, 'users'))} WHERE n % 10 < 2`
  const resets = await insert(
    client,
    'password_resets',
    { token_hash: hashOf('reset'), user_id: of('users'), expires_at: ENDS_AT },
    tenth,
  )
  const mails = await insert(
    client,
    'mail_counts',
    { key: `concat_ws('/', 'scale', tenant, n)`, mails: '1', ends_at: ENDS_AT },
    tenth,
  )
  const attempts = await insert(
    client,
    'sign_in_attempts',
    {
      key: `concat_ws('/', 'scale', tenant, n)`,
      points: '1',
      expire: `extract(epoch FROM ${ENDS_AT})::bigint * 1000`,
    },
    tenth,
  )
  return resets + mails + attempts
}

/** Organisations, who belongs to them, and what passes between them. */
export const PEOPLE_ROWS: [what: string, fill: Fill][] = [
  ['organizations', organizations],
  ['users', users],
  ['memberships', memberships],
  ['sessions', sessions],
  ['invitations', invitations],
  ['access_requests', accessRequests],
  ['policies', policies],
  ['identities', identities],
  ['notices', notices],
  ['resets, counts of mails, attempts', passing],
]
