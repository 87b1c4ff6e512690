const MOST_CHARACTERS = 100

/**
 * What a caller has sent, as a refusal may repeat it: so far that they know it again. What they sent may be as long as a body,
 * and is told twice.
 */
export function echo(value: string): string {
  // A character has two units at most.
  const characters = [...value.slice(0, 2 * MOST_CHARACTERS + 1)]
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : value
}

// Quotes, and the stop behind it, are the sentence's and not the word's.
const LONG_WORD = new RegExp(`[^\\s"“”]{${MOST_CHARACTERS},}[^\\s"“”.,:;]`, 'gu')

/**
 * A sentence of ours with what it repeats: no sentence has such long words of its own. What may hold spaces is to be echoed
 * before it is put in.
 */
export const echoWords = (sentence: string): string =>
  sentence.length > MOST_CHARACTERS ? sentence.replace(LONG_WORD, echo) : sentence
