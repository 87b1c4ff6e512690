import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body, RequestError, succeed } from '@/lib/queries/request-error'

type AccountRoutes = DashboardClient['account']

export type WireAccount = InferResponseType<AccountRoutes['$get'], 200>
export type WireSession = InferResponseType<AccountRoutes['sessions']['$get'], 200>['data'][number]
type ChangePasswordBody = InferRequestType<AccountRoutes['password']['$post']>['json']

export const accountQuery = (client: DashboardClient) =>
  queryOptions({ queryKey: ['account'], queryFn: () => body(client.account.$get()) })

export const sessionsQuery = (client: DashboardClient) =>
  queryOptions({
    queryKey: ['account', 'sessions'],
    queryFn: () => body(client.account.sessions.$get()),
    refetchInterval: 15_000,
  })

const account = browserClient.account

export const renameMutation = (name: string) => body(account.$patch({ json: { name } }))

export const changePasswordMutation = async (json: ChangePasswordBody) => {
  await succeed(account.password.$post({ json }))
}

export const endSessionMutation = async (id: string) => {
  await succeed(account.sessions[':id'].$delete({ param: { id } }))
}

export const endOtherSessionsMutation = () => body(account.sessions['end-others'].$post())

/** Shows that it is still the same person. @throws RequestError, ConnectionError */
export const proveMutation = async (password: string) => {
  await succeed(account.proof.$post({ json: { password } }))
}

/** Whether a change was refused until the person shows that it is them. */
export const isProofRequired = (error: unknown): boolean =>
  error instanceof RequestError && error.problem.code === 'proof_required'
