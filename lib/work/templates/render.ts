import { createContext, Script } from 'node:vm'
import type { Liquid, Template } from 'liquidjs'

/** For what the engine's count of work misses, as what a filter does by itself; milliseconds. */
const LONGEST_RENDERING_MS = 500

/** What the script calls. */
const scope = { work: () => {} }
const context = createContext(scope)
const script = new Script('work()')

/** Thrown where a rendering was ended in its course. */
export class RenderingTooLong extends Error {
  override name = 'RenderingTooLong'
}

/**
 * Renders a part of a template. Within a filter the engine looks at no clock: Node ends what takes too long, wherever it is.
 * @throws RenderingTooLong; LiquidError for what the template says
 */
export function renderInTime(engine: Liquid, pieces: Template[], values: Record<string, unknown>): string {
  let text = ''
  scope.work = () => {
    text = String(engine.renderSync(pieces, values))
  }
  try {
    script.runInContext(context, { timeout: LONGEST_RENDERING_MS })
  } catch (error) {
    throw Object(error).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new RenderingTooLong() : error
  } finally {
    scope.work = () => {}
  }
  return text
}
