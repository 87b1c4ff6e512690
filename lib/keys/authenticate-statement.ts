import { PLANS } from '@/lib/organizations/plans'

const planLimits = Object.entries(PLANS).map(([plan, { rate_limit }]) => `WHEN '${plan}' THEN ${rate_limit}`)

/**
 * The one statement that decides a request: it finds the key by its hash, checks state, organisation and address, and
 * counts the call against the lineage's window (`count_call`, in the migrations), all on the database's clock and in one
 * round trip.
 *
 * Parameters: $1 SHA-256 of the key (bytea), $2 the caller's address (inet) or null. No row: no such key. `used` is set
 * for an accepted call, `counts` for any other, which is what its headers need. The answer is one JSON value: reading
 * two dozen columns would cost the process more than everything else about a request.
 */
export const AUTHENTICATE = `
WITH found AS MATERIALIZED (
  SELECT k.id, k.organization_id, k.lineage_id, k.environment, k.name, k.key_prefix, k.scopes,
    k.allowed_ips::text[] AS allowed_ips, k.created_at, k.expires_at,
    least(k.rate_limit, coalesce(o.rate_limit, CASE o.plan ${planLimits.join(' ')} END)) AS rate_limit,
    o.slug, o.name AS organization_name, o.plan, o.developer_api, o.rate_limit AS organization_rate_limit,
    CASE
      WHEN k.revoked_at IS NOT NULL THEN 'revoked_key'
      WHEN k.retires_at <= clock_timestamp() THEN 'rotated_key'
      WHEN k.expires_at <= clock_timestamp() THEN 'expired_key'
      WHEN NOT o.developer_api THEN 'developer_api_disabled'
      WHEN cardinality(k.allowed_ips) > 0 AND ($2::inet <<= ANY (k.allowed_ips)) IS NOT TRUE THEN 'ip_not_allowed'
    END AS refusal
  FROM api_keys k
  JOIN organizations o ON o.id = k.organization_id
  WHERE k.hash = $1
)
SELECT row_to_json(decision) AS decision
FROM (
  SELECT found.*, u.used_at AS last_used_at, clock_timestamp() AS now, counted.accepted,
    coalesce(counted.second, kept.second) AS second, counted.used, coalesce(counted.counts, kept.counts) AS counts
  FROM found
  CROSS JOIN LATERAL count_call(found.lineage_id, CASE WHEN refusal IS NULL THEN rate_limit END) counted
  LEFT JOIN rate_windows kept ON kept.lineage_id = found.lineage_id AND found.refusal IS NOT NULL
  LEFT JOIN key_last_uses u ON u.key_id = found.id
) decision
`
