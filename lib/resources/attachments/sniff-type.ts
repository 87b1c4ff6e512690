import { fileTypeFromBuffer } from 'file-type'
import { ANY_TYPE, exampleType, type Upload } from '@/lib/contracts/bytes'

/** Where the marks of all types stand, and enough of a text to tell that it is one. */
const LOOKED_AT = 65_536

/** Types of texts, which have no mark of their own. */
const TEXT_TYPE = /^(text\/.+|application\/(.+\+)?(json|xml|yaml))$/

/** Control characters that no text has. */
const NOT_IN_TEXT = /[^\P{Cc}\t\n\v\f\r]/u

type Sniffed = {
  /** A media type. */
  type: string
  /** Of a file name, without the dot. */
  ending: string
}

/** What the bytes of a file are. A claim about them counts only among texts, which nothing but their readers tell apart. */
export async function sniffType({
  type: claimed,
  size,
  read,
}: Pick<Upload, 'type' | 'size' | 'read'>): Promise<Sniffed> {
  const head = await read(0, LOOKED_AT)
  const marked = await readMark(head)
  if (marked) return marked
  if (!isText(head, size <= LOOKED_AT)) return { type: exampleType(ANY_TYPE), ending: 'bin' }
  return { type: TEXT_TYPE.test(claimed) ? claimed : 'text/plain', ending: 'txt' }
}

/** The type whose mark the bytes bear. */
async function readMark(head: Uint8Array): Promise<Sniffed | null> {
  // Bytes that begin as a type and go on as none may confuse its reader; then they are none.
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const [type] = found?.mime.split(';') ?? []
  return found && type !== undefined ? { type, ending: found.ext } : null
}

/** @param whole whether it ends here: else a character may be cut in two */
function isText(head: Uint8Array, whole: boolean): boolean {
  try {
    return !NOT_IN_TEXT.test(new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole }))
  } catch {
    return false
  }
}
