import type { InferRequestType } from 'hono/client'
import { browserClient } from '@/lib/queries/client'
import { succeed } from '@/lib/queries/request-error'

export type SetupBody = InferRequestType<(typeof browserClient)['setup']['$post']>['json']

/** Makes the first platform admin. */
export const setUpMutation = async (json: SetupBody) => {
  await succeed(browserClient.setup.$post({ json }))
}
