import { get, implement, inOneTransaction, move, paged, sql, table } from '@/lib/kernel/rows/kit'
import { runOperations as operations, runRows, runSummaryRows } from '@/lib/resources/flows/runs/contract'
import { startRun } from '@/lib/resources/flows/runs/start'

const INSTANT = sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

const event = sql`CASE WHEN t.event_id IS NOT NULL THEN json_build_object(
    'id', t.event_id, 'type', t.event_type, 'at', to_char(t.event_at AT TIME ZONE 'UTC', ${INSTANT})) END`

/** The contact's history of that time, as far as it is about the run. */
const happened = sql`(
  SELECT coalesce(json_agg(json_build_object('at', to_char(a.at AT TIME ZONE 'UTC', ${INSTANT}), 'type', a.type,
    'step', a.data -> 'step', 'kind', a.data -> 'kind', 'task_id', a.data -> 'task_id', 'email_id', a.data -> 'email_id')
    ORDER BY a.at, a.id), '[]')
  FROM activities a
  WHERE a.organization_id = t.organization_id AND a.environment = t.environment AND a.contact_id = t.contact_id
    AND a.at >= t.enrolled_at - interval '1 minute' AND a.at <= coalesce(t.ended_at, now()) + interval '1 minute'
    AND a.data ->> 'run_id' = t.id::text)`

const runs = table(runRows, { shown: { event, happened } })
const summaries = table(runSummaryRows, { shown: { event } })

/** A run is found in its flow only. */
const inFlow = ({ id, run_id }: { id: string; run_id: string }) => ({ flow_id: id, id: run_id })

export const runVerbs = [
  implement(operations.listRuns, (ctx, { params, query }) => paged(ctx, summaries, query, { flow_id: params.id })),
  implement(
    operations.startRun,
    inOneTransaction(async (ctx, { params, body }) => {
      const id = await startRun(ctx, params.id, body.contact_id)
      return get(ctx, runs, { flow_id: params.id, id })
    }),
  ),
  implement(operations.getRun, (ctx, { params }) => get(ctx, runs, inFlow(params))),
  implement(operations.stopRun, (ctx, { params }) => move(ctx, runs, inFlow(params), 'stop')),
]
