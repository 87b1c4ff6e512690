import type { Problem } from '@/lib/contracts/problem'

/** A reply of the dashboard's API that is not the one that was asked for. */
export class RequestError extends Error {
  override name = 'RequestError'
  constructor(
    readonly problem: Problem,
    /** Seconds, from `Retry-After`. */
    readonly retry_after: number | null,
  ) {
    super(problem.detail)
  }
}

/** No reply came: the network is away, or the server is. */
export class ConnectionError extends Error {
  override name = 'ConnectionError'
}

/** What a page needs of a reply; the typed client's own shape, without its generics. */
type Reply = { ok: boolean; status: number; headers: Headers; json: () => Promise<unknown> }

/** What the body of a refusal says; null where it is no problem. Few replies are: the pages load without the schemas. */
export async function problemIn(json: unknown): Promise<Problem | null> {
  const { problem } = await import('@/lib/contracts/problem')
  return problem.safeParse(json).data ?? null
}

async function toError(reply: Reply): Promise<RequestError> {
  const seconds = Number(reply.headers.get('retry-after'))
  const said = await problemIn(await reply.json().catch(() => null))
  return new RequestError(
    said ?? {
      type: 'InternalIssue',
      title: 'Unreadable reply',
      status: reply.status,
      code: 'internal',
      detail: 'The server sent a reply that this page cannot read.',
      request_id: reply.headers.get('x-request-id') ?? 'unknown',
      doc_url: '',
    },
    seconds > 0 ? seconds : null,
  )
}

/**
 * The reply, when it is a good one.
 * @throws RequestError, ConnectionError
 */
export async function succeed<R extends Reply>(pending: Promise<R>): Promise<R> {
  const reply = await pending.catch((error: unknown) => {
    throw new ConnectionError('No reply came.', { cause: error })
  })
  if (!reply.ok) throw await toError(reply)
  return reply
}

/** The body of a good reply, of the type that the typed client knows. @throws RequestError, ConnectionError */
export async function body<T>(pending: Promise<Omit<Reply, 'json'> & { json: () => Promise<T> }>): Promise<T> {
  return (await succeed(pending)).json()
}

/** Whether trying again by itself may help: not when the server has understood and refused. */
export function mayRetry(failures: number, error: Error): boolean {
  const refused = error instanceof RequestError && error.problem.status < 500
  return !refused && failures < 2
}

/** Whether the server may have done what was asked: no reply came, or one that does not tell. */
export const mayBeDone = (error: unknown): boolean => !(error instanceof RequestError && error.problem.status < 500)

export const isSignedOut = (error: unknown): boolean =>
  error instanceof RequestError && error.problem.code === 'signed_out'

/** Whether the server still works on the first of the requests that carry one Idempotency-Key. */
export const isStillRunning = (error: unknown): boolean =>
  error instanceof RequestError && error.problem.code === 'idempotency_in_progress'

/** What a reply says of one field of a form, or of a part of it: `scopes` finds `scopes.2`. */
export function fieldErrors(error: unknown): { path: string; message: string }[] {
  return error instanceof RequestError ? (error.problem.errors ?? []) : []
}
