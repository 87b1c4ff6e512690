/** What RFC 8187 lets stand unencoded. */
const ATTR_CHAR = /[A-Za-z0-9!#$&+.^_`|~-]/

/** Characters of a header in quotes that every client reads alike (RFC 6266, appendix D). */
const PLAIN = /^[\x20-\x21\x23-\x24\x26-\x5b\x5d-\x7e]*$/

const encoded = (name: string) =>
  [...Buffer.from(name)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return ATTR_CHAR.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

const replaced = (name: string) => [...name].map((character) => (PLAIN.test(character) ? character : '_')).join('')

/**
 * The header of a reply that is to be saved and never shown (RFC 6266), whatever characters the name has (RFC 8187).
 * @param name without a path and without control characters
 */
export function attachmentDisposition(name: string | undefined): string {
  if (name === undefined) return 'attachment'
  const plain = `attachment; filename="${replaced(name)}"`
  return PLAIN.test(name) ? plain : `${plain}; filename*=UTF-8''${encoded(name)}`
}
