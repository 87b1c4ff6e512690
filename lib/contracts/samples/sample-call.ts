/**
 * A call of the API, of which samples are written in several languages. Browser-safe.
 *
 * In `url`, `key` and the texts of `body`, `$NAME` stands for the environment variable NAME, for each name that
 * `variables` holds. Everything else means itself.
 */
export type SampleCall = {
  method: string
  url: string
  /** What is sent as the bearer token. */
  key: string
  body?: unknown
  /** A file that is sent as it is, instead of a body. */
  upload?: { file: string; type: string }
  /** Whether the reply has a body to print. */
  replies: boolean
  /** The file into which the bytes of the reply go. */
  saveTo?: string
  variables: readonly string[]
}

export type Part = { text: string } | { variable: string }

/** Cuts a text at its variables. */
export function partsOf(text: string, variables: readonly string[]): Part[] {
  return text.split(/\$([A-Z][A-Z0-9_]*)/).flatMap((piece, index): Part[] => {
    // Every other piece is a name: `split` keeps what the group caught.
    if (index % 2 === 0) return piece === '' ? [] : [{ text: piece }]
    return [variables.includes(piece) ? { variable: piece } : { text: `$${piece}` }]
  })
}

/** Whether a variable stands anywhere in a body. */
export const holdsVariable = (body: unknown, variables: readonly string[]): boolean =>
  typeof body === 'string'
    ? partsOf(body, variables).some((part) => 'variable' in part)
    : typeof body === 'object' &&
      body !== null &&
      Object.values(body).some((member) => holdsVariable(member, variables))
