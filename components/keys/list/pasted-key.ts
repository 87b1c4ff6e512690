// The shown prefix is the brand, the environment and six characters; a run much longer than that is a secret, also
// when a few characters of its end are missing.
const SECRET = /\b([a-z][a-z0-9]{1,9}_(?:live|test)_[0-9A-Za-z]{6})[0-9A-Za-z]{14,}/g

/** Cuts every whole key in a text to its prefix, so that a key pasted into a search box is neither sent nor kept. */
export function cutKeys(text: string): { text: string; wasCut: boolean } {
  const cut = text.replace(SECRET, '$1')
  return { text: cut, wasCut: cut !== text }
}
