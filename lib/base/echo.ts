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
