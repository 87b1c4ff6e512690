import { DomainError } from '@/lib/base/errors'
import {
  change,
  create,
  get,
  implement,
  inOneTransaction,
  paged,
  remove,
  serve,
  sql,
  withDatabase,
} from '@/lib/kernel/rows/kit'
import { projectsContract } from '@/lib/resources/projects/contract'
import { checkFields, projects, setFields } from '@/lib/resources/projects/fields/set'
import { keptOf } from '@/lib/resources/projects/fields/slots'

const { operations } = projectsContract

/** Records that go with their project: what takes longer would outlast its caller. */
const MOST_REMOVED = 100_000

const FEW_RECORDS = {
  holds: sql`NOT EXISTS (
    SELECT FROM records r
    WHERE r.organization_id = t.organization_id AND r.environment = t.environment AND r.project_id = t.id
    OFFSET ${MOST_REMOVED}::int LIMIT 1)`,
  otherwise: new DomainError(
    'in_use',
    `This project has more than ${MOST_REMOVED.toLocaleString('en')} records. Delete records first.`,
  ),
}

export const projectsApi = serve(projectsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, projects, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, projects, { ...body, ...keptOf(body.fields ?? []) })),
  implement(operations.get, (ctx, { params }) => get(ctx, projects, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, projects, params, body)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, projects, params, [FEW_RECORDS])),
  implement(
    operations.checkFields,
    withDatabase((ctx, { params, body }) => checkFields(ctx, params.id, body.fields)),
  ),
  implement(
    operations.setFields,
    inOneTransaction((ctx, { params, body }) => setFields(ctx, params.id, body)),
  ),
])
