/** A character in the form that JSON has for it: U+202E as `\u202e`. */
export const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
