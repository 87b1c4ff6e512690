const WINDOW_MS = 60_000

/** Lets so many lines of each kind through in a minute, and tells at its end how many there were beyond. */
export class LineLimit {
  readonly #counts = new Map<string, number>()

  /**
   * @param most of one kind in a minute
   * @param tell is told once a minute of each kind that had more
   */
  constructor(
    private readonly most: number,
    private readonly tell: (kind: string, suppressed: number) => void,
  ) {}

  /** Counts a line. @returns whether it may be written */
  allows(kind: string): boolean {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    if (count === 1) setTimeout(() => this.#end(kind), WINDOW_MS).unref()
    return count <= this.most
  }

  #end(kind: string) {
    const suppressed = (this.#counts.get(kind) ?? 0) - this.most
    this.#counts.delete(kind)
    if (suppressed > 0) this.tell(kind, suppressed)
  }
}
