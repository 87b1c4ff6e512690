import { DomainError } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import { change, get, hold, implement, inOneTransaction, move, paged, remove, serve, sql } from '@/lib/kernel/rows/kit'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import { enrollmentVerbs } from '@/lib/resources/sequences/enrollments/verbs'
import { sequences, summaries } from '@/lib/resources/sequences/tables'
import { endEnrollments } from '@/lib/work/steps/end'
import { replaceSteps } from '@/lib/work/steps/replace'

const { operations } = sequencesContract

const NOT_ARCHIVED = {
  holds: sql`t.status <> 'archived'`,
  otherwise: new DomainError('wrong_state', 'An archived sequence cannot be changed.'),
}

const ofSequence = (id: string) => ({ kind: 'sequence', id }) as const

export const sequencesApi = serve(sequencesContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, summaries, query)),
  implement(operations.get, (ctx, { params }) => get(ctx, sequences, params)),
  implement(
    operations.create,
    inOneTransaction(async (ctx, { body: { steps, ...fields } }) => {
      const { id, name } = await ctx.db.sequence.create({ data: { ...fields, ...ctx.tenant } })
      await replaceSteps(ctx, ofSequence(id), steps)
      await recordActivities(ctx, [{ type: 'sequence.created', subject: { kind: 'sequence', id }, data: { name } }])
      return get(ctx, sequences, { id })
    }),
  ),
  // An enrollment that stands beyond the end of new steps has as many behind it as there are, so it is complete: to put it
  // back to the last step would carry that out twice.
  implement(
    operations.update,
    inOneTransaction(async (ctx, { params, body }) => {
      const changed = await change(ctx, sequences, params, body, [NOT_ARCHIVED])
      if (!body.steps) return changed
      await replaceSteps(ctx, ofSequence(params.id), body.steps)
      await endEnrollments(ctx, ofSequence(params.id), { as: 'completed', last_step: body.steps.length })
      return get(ctx, sequences, params)
    }),
  ),
  implement(operations.pause, (ctx, { params }) => move(ctx, sequences, params, 'pause')),
  implement(operations.resume, (ctx, { params }) => move(ctx, sequences, params, 'resume')),
  implement(
    operations.archive,
    inOneTransaction(async (ctx, { params }) => {
      const archived = await move(ctx, sequences, params, 'archive')
      await endEnrollments(ctx, ofSequence(params.id), { as: 'removed' })
      return archived
    }),
  ),
  // Its steps and enrollments go with it; the contacts' histories keep when they left it.
  implement(
    operations.delete,
    inOneTransaction(async (ctx, { params }) => {
      await hold(ctx, sequences, params)
      await endEnrollments(ctx, ofSequence(params.id), { as: 'removed' })
      return remove(ctx, sequences, params)
    }),
  ),
  ...enrollmentVerbs,
])
