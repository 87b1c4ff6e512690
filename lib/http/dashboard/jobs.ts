import { route } from '@/lib/http/dashboard/route'
import { jobPage, listJobsQuery } from '@/lib/work/jobs/contract'
import { dropJob } from '@/lib/work/jobs/drop'
import { listJobs } from '@/lib/work/jobs/list'
import { retryJob } from '@/lib/work/jobs/retry'

const JOBS = '/platform/jobs'
const role = 'platform_admin'

/** `/platform/jobs`: what waits, runs and has failed. */
export const jobRoutes = [
  route(
    { method: 'get', path: JOBS, role, query: listJobsQuery, reply: { status: 200, schema: jobPage } },
    (ctx, { query }) => listJobs(ctx, query),
  ),
  route(
    {
      method: 'post',
      path: `${JOBS}/:id/retry`,
      role,
      proof: 'never',
      names: 'job',
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id } }) => retryJob(ctx, { id }),
  ),
  route(
    { method: 'delete', path: `${JOBS}/:id`, role, proof: 'never', names: 'job', reply: { status: 204, schema: null } },
    (ctx, { params: { id } }) => dropJob(ctx, { id }),
  ),
]
