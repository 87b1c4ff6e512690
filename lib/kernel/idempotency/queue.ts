const tails = new Map<string, Promise<void>>()

/** Resolves with `done` in time, or rejects with `late()`. */
function within(done: Promise<void>, milliseconds: number, late: () => Error): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), milliseconds)
    done.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/**
 * Runs `work` after every earlier work of the same name in this process, and tells it whether there was any. Those that
 * wait hold nothing, above all no database connection.
 * @throws `late()` when the turn has not come within `milliseconds`
 */
export async function inTurn<Result>(
  name: string,
  milliseconds: number,
  late: () => Error,
  work: (waited: boolean) => Promise<Result>,
): Promise<Result> {
  const ahead = tails.get(name)
  let release = () => {}
  const mine = new Promise<void>((resolve) => {
    release = resolve
  })
  const tail = ahead ? ahead.then(() => mine) : mine
  tails.set(name, tail)
  try {
    if (ahead) await within(ahead, milliseconds, late)
    return await work(ahead !== undefined)
  } finally {
    release()
    if (tails.get(name) === tail) tails.delete(name)
  }
}
