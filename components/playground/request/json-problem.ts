import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'

/** The first place where a text stops being JSON; line and column count from 1. */
export type JsonProblem = { offset: number; length: number; line: number; column: number; message: string }

const MESSAGES: Record<string, string> = {
  PropertyNameExpected: 'A name in double quotes is expected.',
  ValueExpected: 'A value is expected.',
  ColonExpected: 'A colon is missing.',
  CommaExpected: 'A comma is missing.',
  CloseBraceExpected: 'A closing } is missing.',
  CloseBracketExpected: 'A closing ] is missing.',
  EndOfFileExpected: 'Nothing may follow here.',
  InvalidCommentToken: 'JSON has no comments.',
  UnexpectedEndOfString: 'The text is not closed: a " is missing.',
  UnexpectedEndOfNumber: 'The number is not whole.',
  InvalidEscapeCharacter: 'This escape does not exist in JSON.',
  InvalidUnicode: 'After \\u come four hexadecimal digits.',
  InvalidCharacter: 'This character must be escaped.',
  InvalidSymbol: 'This is no JSON value. Text stands in double quotes.',
}
const OTHER = 'This is not JSON.'

function at(text: string, offset: number, length: number, message: string): JsonProblem {
  const before = text.slice(0, offset).split('\n')
  return { offset, length, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message }
}

/** What keeps a text from being JSON; null: it is. */
export function findJsonProblem(text: string): JsonProblem | null {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true })
  const [first] = errors
  if (first) return at(text, first.offset, first.length, MESSAGES[printParseErrorCode(first.error)] ?? OTHER)
  try {
    JSON.parse(text)
    return null
  } catch {
    return at(text, 0, text.length, OTHER)
  }
}
