import { KEY_ENDS } from '@/lib/contracts/key-terms'
import { PLANS } from '@/lib/contracts/plans'
import { endedSql } from '@/lib/keys/ends'

const planLimits = Object.entries(PLANS).map(([plan, { rate_limit }]) => `WHEN '${plan}' THEN ${rate_limit}`)
const refusalsOfEnded = KEY_ENDS.map((end) => `WHEN ${endedSql(end, 'k')} THEN '${end.refusal}'`)

/**
 * The one statement that decides calls: it finds each key by its hash, checks state, organisation and address, and
 * counts the calls against the lineage's window (`count_calls`, in the migrations), all on the database's clock and in
 * one round trip. Calls that wait at the same time share it.
 *
 * Parameters, one element for each key and address: $1 SHA-256 of the key (bytea[]), $2 the caller's address (inet[]) or
 * null, $3 how many calls came with them (int[]). `position` tells which of them a row decides, from one; no row: no such
 * key. The windows' rows are locked in the order of their lineages, so that two statements never wait for each other in a
 * circle. Of `calls`, the first `accepted` may go on; `counts`, which the headers of the others need, is there when one may
 * not, unless nothing has been counted yet. `successor` is the last of those that followed a rotated key, looked for only
 * where the rotation is the refusal.
 *
 * The parameters stand in sub-selects: a plan made for their own length would always look better to Postgres than the
 * general one, and it would plan anew each time, which takes as long as the rest.
 * A row is one JSON value: reading two dozen columns would cost the process more than everything else about it.
 */
export const AUTHENTICATE = `
WITH found AS MATERIALIZED (
  SELECT asked.position, asked.calls, k.id, k.organization_id, k.lineage_id, k.environment, k.name, k.key_prefix, k.scopes,
    k.allowed_ips, k.created_at, k.expires_at,
    least(k.rate_limit, coalesce(o.rate_limit, CASE o.plan ${planLimits.join(' ')} END)) AS rate_limit,
    o.slug, o.name AS organization_name, o.plan, o.developer_api, o.rate_limit AS organization_rate_limit,
    CASE
      ${refusalsOfEnded.join('\n      ')}
      WHEN NOT o.developer_api THEN 'developer_api_disabled'
      WHEN cardinality(k.allowed_ips) > 0 AND (asked.address <<= ANY (k.allowed_ips)) IS NOT TRUE THEN 'ip_not_allowed'
    END AS refusal,
    k.successor_id, u.used_at AS last_used_at
  FROM unnest((SELECT $1::bytea[]), (SELECT $2::inet[]), (SELECT $3::int[]))
    WITH ORDINALITY AS asked (hash, address, calls, position)
  JOIN api_keys k ON k.hash = asked.hash
  JOIN organizations o ON o.id = k.organization_id
  LEFT JOIN key_last_uses u ON u.key_id = k.id
  ORDER BY k.lineage_id
)
SELECT row_to_json(decision) AS decision
FROM (
  SELECT found.*,
    CASE
      WHEN refusal IS NULL THEN to_json(count_calls(lineage_id, calls, rate_limit))
      ELSE (
        SELECT json_build_object('second', w.second, 'counts', w.counts)
        FROM rate_windows w WHERE w.lineage_id = found.lineage_id ORDER BY w.generation DESC LIMIT 1
      )
    END AS counted,
    CASE WHEN refusal = 'rotated_key' THEN (
      WITH RECURSIVE followed AS (
        SELECT s.name, s.key_prefix, s.successor_id FROM api_keys s WHERE s.id = found.successor_id
        UNION ALL
        SELECT s.name, s.key_prefix, s.successor_id FROM followed JOIN api_keys s ON s.id = followed.successor_id
      )
      SELECT json_build_object('name', name, 'key_prefix', key_prefix) FROM followed WHERE successor_id IS NULL
    ) END AS successor,
    clock_timestamp() AS now
  FROM found
) decision
`
