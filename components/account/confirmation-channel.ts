'use client'

const NAME = 'latchkey.confirmed'

/** Tells our other windows that single sign-on has come to its end. */
export function tellConfirmed() {
  const channel = new BroadcastChannel(NAME)
  channel.postMessage(true)
  channel.close()
}

/** Calls `listener` when another window tells it. @returns stops listening */
export function onConfirmed(listener: () => void): () => void {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = listener
  return () => channel.close()
}
