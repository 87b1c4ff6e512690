import { createRequire } from 'node:module'
import perf from 'node:perf_hooks'
import process from 'node:process'

/**
 * Preloaded by a product that is measured: SIGUSR2 stops it from counting for Prometheus and from watching itself, and makes
 * it go on again.
 */

let isCounting = true
/** What watches: how each is stopped, and made to go on. */
const watches = []

const { Histogram } = createRequire(import.meta.url)('prom-client')
const { observeWithoutExemplar } = Histogram.prototype
Histogram.prototype.observeWithoutExemplar = function (labels, value) {
  if (isCounting) observeWithoutExemplar.call(this, labels, value)
}

const { monitorEventLoopDelay, PerformanceObserver } = perf
perf.monitorEventLoopDelay = (options) => {
  const delays = monitorEventLoopDelay(options)
  watches.push({ stop: () => delays.disable(), goOn: () => delays.enable() })
  return delays
}
perf.PerformanceObserver = class extends PerformanceObserver {
  observe(options) {
    super.observe(options)
    watches.push({ stop: () => this.disconnect(), goOn: () => super.observe(options) })
  }
}

process.on('SIGUSR2', () => {
  isCounting = !isCounting
  for (const { stop, goOn } of watches) isCounting ? goOn() : stop()
})
