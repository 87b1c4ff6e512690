import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { keepTimes } from './times'

/** Keeps what each unit test took, for the end of `npm test`. */
export default class UnitTimesReporter implements Reporter {
  private readonly began = performance.now()

  async onTestRunEnd(modules: readonly TestModule[]) {
    const tests = modules.flatMap(({ moduleId, children }) =>
      [...children.allTests()].map((test) => ({
        name: `${relative('.', moduleId)} › ${test.fullName}`,
        seconds: (test.diagnostic()?.duration ?? 0) / 1_000,
      })),
    )
    await keepTimes('unit', { seconds: (performance.now() - this.began) / 1_000, tests })
  }
}
