import { implement } from '@/lib/kernel/rows/implement'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import { createSequence } from '@/lib/resources/sequences/create'
import { deleteSequence } from '@/lib/resources/sequences/delete'
import { enroll } from '@/lib/resources/sequences/enrollments/enroll'
import { enrollMany } from '@/lib/resources/sequences/enrollments/enroll-many'
import { getEnrollment } from '@/lib/resources/sequences/enrollments/get'
import { listEnrollments } from '@/lib/resources/sequences/enrollments/list'
import { removeEnrollment } from '@/lib/resources/sequences/enrollments/remove'
import { getSequence } from '@/lib/resources/sequences/get'
import { listSequences } from '@/lib/resources/sequences/list'
import { setSequenceStatus } from '@/lib/resources/sequences/set-status'
import { updateSequence } from '@/lib/resources/sequences/update'

export const sequences = implement(sequencesContract, {
  list: (ctx, { query }) => listSequences(ctx, query),
  create: (ctx, { body }) => createSequence(ctx, body),
  get: (ctx, { params }) => getSequence(ctx, params),
  update: (ctx, { params, body }) => updateSequence(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => deleteSequence(ctx, params),
  pause: (ctx, { params }) => setSequenceStatus(ctx, { ...params, to: 'paused' }),
  resume: (ctx, { params }) => setSequenceStatus(ctx, { ...params, to: 'active' }),
  archive: (ctx, { params }) => setSequenceStatus(ctx, { ...params, to: 'archived' }),
  enroll: (ctx, { params, body }) => enroll(ctx, { sequence_id: params.id, ...body }),
  enrollMany: (ctx, { params, body }) => enrollMany(ctx, { sequence_id: params.id, ...body }),
  listEnrollments: (ctx, { params, query }) => listEnrollments(ctx, { sequence_id: params.id, query }),
  getEnrollment: (ctx, { params }) => getEnrollment(ctx, { sequence_id: params.id, id: params.enrollment_id }),
  unenroll: (ctx, { params }) => removeEnrollment(ctx, { sequence_id: params.id, id: params.enrollment_id }),
})
