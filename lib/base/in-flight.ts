/**
 * What is under way, of which most lasts for milliseconds. Each item has a place, which a later one takes over. A `Set` is
 * copied every few items; its last copy, once it is old, keeps what was in it alive until the next full collection, with
 * all that hangs on a request: a third of the processor's time for a short call.
 */
export class InFlight<Item extends object> implements Iterable<Item> {
  readonly #places: (Item | null)[] = []
  readonly #free: number[] = []

  get size() {
    return this.#places.length - this.#free.length
  }

  /** @returns the place, for `remove` */
  add(item: Item): number {
    const place = this.#free.pop() ?? this.#places.length
    this.#places[place] = item
    return place
  }

  /** Empties a place, once. */
  remove(place: number) {
    this.#places[place] = null
    this.#free.push(place)
  }

  /** In no order. What is removed meanwhile is left out. */
  *[Symbol.iterator]() {
    for (const item of this.#places) if (item) yield item
  }
}
