import { visit } from 'jsonc-parser'
import { echo } from '@/lib/base/echo'
import { DomainError, type FieldError, validationFailed } from '@/lib/base/errors'
import { isKeptExactly } from '@/lib/http/body/exact-number'

/** Deeper than any contract, shallow enough for every recursive reader behind it. */
const MAX_DEPTH = 32

const refuse = (detail: string) => new DomainError('malformed_json', detail)

/**
 * Parses JSON strictly (RFC 8259), and refuses what two readers might understand differently: a key given twice, the
 * key `__proto__`, a number beyond what a double holds, nesting beyond 32 levels.
 * @throws DomainError malformed_json; validation_failed for numbers that a double would round
 */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('The body is not valid JSON.')
  }
  refuseAmbiguity(text)
  return value
}

/** Walks valid JSON with the keys of each open container at hand. The depth check ends the walk before it recurses far. */
function refuseAmbiguity(text: string) {
  const open: Set<string>[] = []
  const enter = () => {
    if (open.push(new Set()) > MAX_DEPTH) throw refuse(`The body is nested more than ${MAX_DEPTH} levels deep.`)
  }
  const leave = () => void open.pop()
  const rounded: FieldError[] = []

  visit(text, {
    onObjectBegin: enter,
    onArrayBegin: enter,
    onObjectEnd: leave,
    onArrayEnd: leave,
    onObjectProperty(key) {
      const keys = open.at(-1)
      if (key === '__proto__') throw refuse('The body has a key "__proto__", which is not allowed.')
      if (keys?.has(key)) throw refuse(`The body has the key ${JSON.stringify(echo(key))} twice in one object.`)
      keys?.add(key)
    },
    onLiteralValue(value, offset, length, _line, _character, path) {
      if (typeof value !== 'number') return
      if (!Number.isFinite(value)) throw refuse('The body has a number that is too large.')
      if (isKeptExactly(text.slice(offset, offset + length))) return
      rounded.push({ path: path().join('.'), message: 'This number would be rounded. Send fewer digits, or text.' })
    },
  })
  if (rounded.length > 0) throw validationFailed(rounded)
}
