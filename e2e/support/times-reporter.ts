import { relative } from 'node:path'
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'
import { keepTimes } from '@/scripts/times'

/** Keeps what each test took, for the end of `npm test`. */
export default class TimesReporter implements Reporter {
  private readonly tests: { name: string; seconds: number }[] = []

  onTestEnd(test: TestCase, { duration }: TestResult) {
    const [, , , ...titles] = test.titlePath()
    const name = [relative('e2e', test.location.file), ...titles].join(' › ')
    this.tests.push({ name, seconds: duration / 1_000 })
  }

  async onEnd({ duration }: FullResult) {
    await keepTimes('browser', { seconds: duration / 1_000, tests: this.tests })
  }

  /** It prints nothing. */
  printsToStdio = () => false
}
