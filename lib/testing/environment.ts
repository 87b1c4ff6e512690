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
