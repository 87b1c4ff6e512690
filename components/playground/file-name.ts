/** A name without what would lead to another folder. */
const bare = (name: string) => name.replace(/[/\\]/g, '_')

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name)
  } catch {
    return null
  }
}

/** The name that a Content-Disposition gives (RFC 6266), the one in UTF-8 before the other; `reply.bin` where it gives none. */
export function fileNameIn(disposition: string | null): string {
  const extended = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1]
  const plain = /filename="([^"]*)"/i.exec(disposition ?? '')?.[1]
  return bare((extended && decoded(extended)) || plain || 'reply.bin')
}
