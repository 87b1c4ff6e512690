type Cleanup = () => Promise<unknown> | unknown

/** What must be undone before the process ends, last begun first undone. One that fails does not keep the others. */
export class Cleanups {
  private readonly pending: Cleanup[] = []
  private running: Promise<void> | null = null

  add(cleanup: Cleanup) {
    this.pending.push(cleanup)
  }

  /** Once: later calls wait for the first. */
  run(onError: (error: unknown) => void): Promise<void> {
    this.running ??= this.runAll(onError)
    return this.running
  }

  private async runAll(onError: (error: unknown) => void) {
    for (let cleanup = this.pending.pop(); cleanup; cleanup = this.pending.pop()) {
      try {
        await cleanup()
      } catch (error) {
        onError(error)
      }
    }
  }
}
