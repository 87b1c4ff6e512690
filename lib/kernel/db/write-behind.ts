const FLUSH_MS = 500

/** Items that are gathered in memory and written behind the reply, in batches, so that a call costs no write of its own. */
export type WriteBehind<Item> = {
  /** Notes an item; items with one key are merged. Returns at once; the write follows within half a second. */
  add(key: string, item: Item): void
  /** Writes what is gathered; also run before the process ends. Never throws: what is lost here is no reason to fail. */
  flush(): Promise<void>
  /** Items that wait to be written. */
  readonly size: number
}

type Options<Item> = {
  merge: (older: Item, newer: Item) => Item
  /** Writes a batch, in the order of the keys: two processes that write the same rows never wait for each other in a circle. */
  write: (items: Item[]) => Promise<void>
}

export function writeBehind<Item>({ merge, write }: Options<Item>): WriteBehind<Item> {
  let gathered = new Map<string, Item>()
  let timer: NodeJS.Timeout | null = null
  let writing = Promise.resolve()

  function gather(key: string, item: Item) {
    const older = gathered.get(key)
    gathered.set(key, older === undefined ? item : merge(older, item))
  }

  /** After a failed write the items wait for the next one, before those that have come meanwhile. */
  function keep(items: Map<string, Item>) {
    const newer = gathered
    gathered = items
    for (const [key, item] of newer) gather(key, item)
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    const items = gathered
    gathered = new Map()
    if (items.size > 0) {
      const inOrder = [...items].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item)
      writing = writing.then(() => write(inOrder)).catch(() => keep(items))
    }
    return writing
  }

  return {
    add(key, item) {
      gather(key, item)
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
    },
    flush,
    get size() {
      return gathered.size
    },
  }
}
