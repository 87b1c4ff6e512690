import { stripVTControlCharacters } from 'node:util'
import { log } from '@/lib/base/node/log'

/** Of one print, in characters: others' code prints what strangers have sent. */
const LONGEST = 4_000

type Done = (error?: Error | null) => void

/** A `write` that makes a line of the log of whatever is printed. Each stream has lines of its own kind. */
function writeTo(level: 'info' | 'error', message: string) {
  return (chunk: Uint8Array | string, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)
    const printed = stripVTControlCharacters(text).trim()
    if (printed !== '') log[level]({ printed: printed.slice(0, LONGEST) }, message)
    const callback = typeof encoding === 'function' ? encoding : done
    if (callback) process.nextTick(callback)
    return true
  }
}

/**
 * From now on all that this process prints is the log's: one JSON line each, whoever prints it, so that nobody's text can
 * look like a line of ours. The log itself writes past these streams.
 */
export function keepOutput() {
  process.stdout.write = writeTo('info', 'Printed.')
  process.stderr.write = writeTo('error', 'Printed as an error.')
  // This Node would print past the streams.
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'An error was caught by nobody: the process ends.')
    process.exit(1)
  })
}
