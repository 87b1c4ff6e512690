import { type Context, type Emitter, Liquid } from 'liquidjs'

/** Characters of one body of a template. */
const LONGEST_SOURCE = 200_000

/** What a rendering may take in all: characters written, items and values made, and pieces of the template rendered. */
const MOST_WORK = 2_000_000

/** What rendering one piece of a template counts as. A loop around nothing is work, too. */
const PIECE = 10

/** They read other templates, or hold others' tags where the limits do not see them. */
const WITHOUT = ['include', 'render', 'layout', 'block', 'liquid']

/** A value as it is written: a list without anything between its items, nothing for nothing. */
function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join('')
  return value === null || value === undefined ? '' : String(value)
}

/** What is written, within the limit, be it the mail or a text that the template keeps for later. */
class MeteredOutput implements Emitter {
  buffer = ''
  readonly #limit: Context['memoryLimit']

  constructor({ memoryLimit }: Context) {
    this.#limit = memoryLimit
  }

  write(value: unknown) {
    const text = written(value)
    this.#limit.use(text.length)
    this.buffer += text
  }
}

/**
 * An engine that reads no file and whose work has an end: each rendering may do so much, whatever the template asks for.
 * @param write what becomes of a value where it is written
 */
function engineWith(write: (text: string) => string): Liquid {
  const engine = new Liquid({
    templates: {},
    strictFilters: true,
    ownPropertyOnly: true,
    outputEscape: (value) => write(written(value)),
    parseLimit: LONGEST_SOURCE,
    memoryLimit: MOST_WORK,
    locale: 'en-US',
    timezoneOffset: 0,
  })
  for (const tag of WITHOUT) delete engine.tags[tag]
  const { renderer } = engine
  const render = renderer.renderTemplates.bind(renderer)
  renderer.renderTemplates = (pieces, ctx, output = new MeteredOutput(ctx)) => {
    ctx.memoryLimit.use(PIECE * (pieces.length + 1))
    return render(pieces, ctx, output)
  }
  return engine
}

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For HTML: a value is text, never markup, unless the template says `raw`. */
export const htmlEngine = engineWith((text) => text.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? character))

/** For text and subjects. */
export const plainEngine = engineWith((text) => text)
