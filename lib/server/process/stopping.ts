// Next bundles its own copy of this module: one flag on globalThis serves both module graphs.
declare global {
  var latchkeyStopping: boolean | undefined
}

/** From now on the process says that it is not ready. */
export function beginStop() {
  globalThis.latchkeyStopping = true
}

/** Whether the process is about to end: it still answers, but wants no new callers. */
export const isStopping = (): boolean => globalThis.latchkeyStopping === true
