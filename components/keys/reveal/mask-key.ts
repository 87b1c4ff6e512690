/** The key with everything after its prefix hidden, of the same length. */
export const maskKey = (key: string, key_prefix: string): string =>
  key_prefix + '•'.repeat(Math.max(0, key.length - key_prefix.length))
