import pino from 'pino'
import { escapeCharacter } from '@/lib/base/escape-character'
import { LineLimit } from '@/lib/base/node/line-limit'

/** Of each kind of line, told apart by its message, so many are kept; the rest of the minute is counted. */
export const LINES_A_MINUTE = 60
const limit = new LineLimit(LINES_A_MINUTE, (kind, suppressed) => {
  log.warn({ kind, suppressed }, 'There were more lines of one kind than are kept.')
})

/** Beside the ASCII ones, which JSON escapes: what a terminal obeys, or a viewer takes for a new line or hides. */
const CONTROL = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

const escapeLine = (line: string) => line.replace(CONTROL, escapeCharacter)

// Named, for what is printed to `process.stdout` may come here itself.
const output = pino.destination(1)

/**
 * What operators read: one JSON line each. Never hand it a request, a header or a body: they may hold keys. A message is
 * constant, and names what varies in its fields: strangers can cause lines, and only so many of each message are kept.
 */
export const log = pino(
  {
    base: null,
    redact: ['err.config', 'err.request'],
    hooks: {
      logMethod(args, method) {
        const kind = args.find((argument) => typeof argument === 'string') ?? ''
        if (limit.allows(kind)) method.apply(this, args)
      },
      streamWrite: escapeLine,
    },
  },
  output,
)

/** A line for each request, where the operator wants them: none is left out. */
export const accessLog = pino({ base: null, hooks: { streamWrite: escapeLine } }, output)
