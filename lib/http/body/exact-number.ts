/** Beyond this no double has an exponent that matters. */
const LONGEST_EXPONENT = 8

/** Where the zeros at the end of `digits` begin. Counted: a pattern would try anew at each zero of a long row of them. */
function endOfDigits(digits: string): number {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return end
}

/** A number as its digits without zeros around them, and the power of ten behind; null where that is beyond any double. */
function decimalOf(literal: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  if (digits === '') return '0'
  if (exponent.length > LONGEST_EXPONENT) return null
  const end = endOfDigits(digits)
  return `${sign}${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`
}

/**
 * Whether a JSON number is still the same when JavaScript has read and written it: `0.1` is, `0.1234567890123456789` and
 * `1e-400` are not.
 * @param literal by RFC 8259
 */
export function isKeptExactly(literal: string): boolean {
  const written = JSON.stringify(Number(literal))
  if (written === literal) return true
  const decimal = decimalOf(literal)
  return decimal !== null && decimalOf(written) === decimal
}
