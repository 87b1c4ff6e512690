import { afterAll, beforeAll } from 'vitest'
import { type EnvironmentVariables, env } from '@/lib/base/node/env'

/** Sets what an operator sets, for the tests of one file: call it at the top. `values` are read when the tests begin. */
export function useEnvironment(values: () => Partial<EnvironmentVariables>) {
  const before = { ...env }
  beforeAll(() => void Object.assign(env, values()))
  afterAll(() => {
    const unset = Object.fromEntries(Object.keys(values()).map((name) => [name, undefined]))
    Object.assign(env, unset, before)
  })
}

/** A server of mails is set, for tests of operations that need one to be; nothing listens there. */
export const useMailSettings = () =>
  useEnvironment(() => ({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'Latchkey <keys@example.com>' }))
