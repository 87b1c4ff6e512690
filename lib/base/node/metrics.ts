import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/**
 * What this process tells Prometheus of itself. Each floor says here what it can tell, where it defines what that is about;
 * nothing is read before somebody asks.
 */

type Metrics = { registry: Registry; histograms: Map<string, Histogram> }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyMetrics: Metrics | undefined
}

function metrics(): Metrics {
  globalThis.latchkeyMetrics ??= { registry: new Registry(), histograms: new Map() }
  return globalThis.latchkeyMetrics
}

/** `name` is `latchkey_` and what is counted, in its unit (`…_seconds`); labels take few values, none that a caller writes. */
type Definition = { name: `latchkey_${string}`; help: string; labels?: readonly string[] }

/** A histogram, the same for all who define one of the name. */
export function histogram({ name, help, labels = [], buckets }: Definition & { buckets: number[] }): Histogram {
  const { registry, histograms } = metrics()
  const known = histograms.get(name)
  if (known) return known
  const made = new Histogram({ name, help, labelNames: labels, buckets, registers: [registry] })
  histograms.set(name, made)
  return made
}

/** What a gauge shows for some labels. */
type Reading = { labels?: Record<string, string>; value: number }

/** A reading that takes longer is left out: whoever asks is told the rest. */
const READ_WITHIN_MS = 2_000

/**
 * Registers a gauge that is read whenever somebody asks. What cannot be read is left out of the reply.
 * @param read its readings now, one for each of the labels' values
 */
export function gauge({ name, help, labels = [] }: Definition, read: () => Reading[] | Promise<Reading[]>): void {
  const { registry } = metrics()
  if (registry.getSingleMetric(name)) return
  const made = new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    async collect() {
      made.reset()
      // prom-client would show a gauge without labels as zero where there is no reading.
      if (labels.length === 0) made.remove()
      for (const reading of await readInTime(read)) made.set(reading.labels ?? {}, reading.value)
    },
  })
}

async function readInTime(read: () => Reading[] | Promise<Reading[]>): Promise<Reading[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Reading[]>((resolve) => {
    timer = setTimeout(resolve, READ_WITHIN_MS, [])
  })
  try {
    return await Promise.race([read(), late])
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}

/** From now on the process itself is watched too: its memory, its processor time, how late its event loop is. */
export const watchProcess = (): void => collectDefaultMetrics({ register: metrics().registry })

/** Everything in Prometheus' text format, with the type that says so. */
export async function tellMetrics(): Promise<{ type: string; text: string }> {
  const { registry } = metrics()
  return { type: registry.contentType, text: await registry.metrics() }
}
