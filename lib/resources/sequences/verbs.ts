import { DomainError } from '@/lib/base/errors'
import { get, implement, inOneTransaction, move, paged, serve, sql } from '@/lib/kernel/rows/kit'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import { enrollmentVerbs } from '@/lib/resources/sequences/enrollments/verbs'
import { sequences, summaries } from '@/lib/resources/sequences/tables'
import { endEnrollments } from '@/lib/work/steps/end'
import { changeWithSteps, createWithSteps, removeWithSteps } from '@/lib/work/steps/write'

const { operations } = sequencesContract

const NOT_ARCHIVED = {
  holds: sql`t.status <> 'archived'`,
  otherwise: new DomainError('wrong_state', 'An archived sequence cannot be changed.'),
}

const stepped = { kind: 'sequence', rows: sequences } as const

export const sequencesApi = serve(sequencesContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, summaries, query)),
  implement(operations.get, (ctx, { params }) => get(ctx, sequences, params)),
  implement(
    operations.create,
    inOneTransaction((ctx, { body }) => createWithSteps(ctx, stepped, body)),
  ),
  implement(
    operations.update,
    inOneTransaction((ctx, { params, body }) => changeWithSteps(ctx, stepped, params, body, [NOT_ARCHIVED])),
  ),
  implement(operations.pause, (ctx, { params }) => move(ctx, sequences, params, 'pause')),
  implement(operations.resume, (ctx, { params }) => move(ctx, sequences, params, 'resume')),
  implement(
    operations.archive,
    inOneTransaction(async (ctx, { params }) => {
      const archived = await move(ctx, sequences, params, 'archive')
      await endEnrollments(ctx, { kind: 'sequence', id: params.id }, { as: 'removed' })
      return archived
    }),
  ),
  implement(
    operations.delete,
    inOneTransaction((ctx, { params }) => removeWithSteps(ctx, stepped, params)),
  ),
  ...enrollmentVerbs,
])
