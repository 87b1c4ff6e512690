import { unavailable } from '@/lib/base/errors'

type Waiting<Input, Output> = {
  input: Input
  since: number
  resolve: (output: Output) => void
  reject: (error: unknown) => void
}

type Limits = {
  /** Batches that are under way at the same time. */
  lanes: number
  /** Inputs of one batch. */
  size: number
  /** Milliseconds after which an input that still waits for a lane is refused: by then nobody wants its output. */
  patience: number
}

/**
 * Hands inputs that come at the same time to `run` together: one statement and one round trip for all of them. What
 * comes alone goes alone; while every lane is busy, what comes waits for the next free one, so batches grow with the load.
 * @param run gives one output for each input, in their order; when it fails, every input of its batch does
 */
export function inBatches<Input, Output>(
  run: (inputs: Input[]) => Promise<Output[]>,
  { lanes, size, patience }: Limits,
): (input: Input) => Promise<Output> {
  let waiting: Waiting<Input, Output>[] = []
  let busy = 0

  /** What has waited too long is never run: after a pause of the database, calls that nobody waits for would come first. */
  function refuseLate() {
    const latest = performance.now() - patience
    const late = waiting.findIndex(({ since }) => since > latest)
    const refused = late === -1 ? waiting : waiting.slice(0, late)
    if (refused.length === 0) return
    waiting = waiting.slice(refused.length)
    for (const { reject } of refused) reject(unavailable('It waited too long for the statement that decides calls.'))
  }

  async function carry() {
    const batch = waiting.slice(0, size)
    waiting = waiting.slice(size)
    busy += 1
    try {
      const outputs = await run(batch.map(({ input }) => input))
      for (const [index, output] of outputs.entries()) batch[index]?.resolve(output)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    busy -= 1
    start()
  }
  function start() {
    refuseLate()
    while (waiting.length > 0 && busy < lanes) void carry()
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, since: performance.now(), resolve, reject })
      // After all the requests that have arrived by now.
      if (waiting.length === 1) setImmediate(start)
    })
}
