import type { z } from 'zod'

/** What a value must be, in our words: a contract that says nothing of its own is told by these, never by a library's. */

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

const kindOf = (expected: string) => KINDS[expected] ?? 'another kind of value'

function unitOf({ origin }: { origin: string }, amount: number | bigint): string {
  if (origin === 'string') return amount === 1 ? ' character' : ' characters'
  if (origin === 'array') return amount === 1 ? ' item' : ' items'
  return ''
}

/** The message of an issue whose schema has none. */
export function inOurWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `This is missing: ${kindOf(issue.expected)}.`
        : sentence(`${kindOf(issue.expected)} is needed here`)
    case 'invalid_value':
      return `One of ${issue.values.map(String).join(', ')}.`
    case 'too_small':
      return `At least ${issue.minimum}${unitOf(issue, issue.minimum)}.`
    case 'too_big':
      return `At most ${issue.maximum}${unitOf(issue, issue.maximum)}.`
    case 'invalid_key':
      return 'This name is not possible.'
    case 'unrecognized_keys':
      return 'There is no such field.'
    default:
      return 'This is not possible here.'
  }
}
