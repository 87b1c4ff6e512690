import { get, implement, inOneTransaction, remove, serve } from '@/lib/kernel/rows/kit'
import { recordsContract } from '@/lib/resources/projects/records/contract'
import { listRecords } from '@/lib/resources/projects/records/list'
import { createRecord, inProject, records, updateRecord } from '@/lib/resources/projects/records/write'

const { operations } = recordsContract

export const recordsApi = serve(recordsContract, [
  implement(operations.list, (ctx, { params, query }) => listRecords(ctx, params.id, query)),
  implement(
    operations.create,
    inOneTransaction((ctx, { params, body }) => createRecord(ctx, params.id, body)),
  ),
  implement(operations.get, (ctx, { params }) => get(ctx, records, inProject(params))),
  implement(
    operations.update,
    inOneTransaction((ctx, { params, body }) => updateRecord(ctx, params, body)),
  ),
  implement(operations.delete, (ctx, { params }) => remove(ctx, records, inProject(params))),
])
