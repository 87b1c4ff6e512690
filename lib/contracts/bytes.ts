/** What is sent and replied as it is, without JSON around it: files. A media type may be a range, like `image/*`. */

/** A body of bytes, as it came, and what the caller says it is. */
export class Upload {
  constructor(
    readonly type: string,
    readonly bytes: Uint8Array<ArrayBuffer>,
  ) {}
}

/** A reply of bytes. Browsers save it and never show it. */
export class Download {
  constructor(
    readonly type: string,
    readonly bytes: Uint8Array<ArrayBuffer>,
  ) {}
}

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/

/**
 * The media type that a Content-Type names, in lower case and without parameters (RFC 9110, 8.3.1).
 * @returns null where it names none that is in `range`
 */
export function mediaTypeWithin(range: string, header: string | null): string | null {
  const type = (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!MEDIA_TYPE.test(type)) return null
  const [whole = '', part] = range.split('/')
  const fits = range === '*/*' || type === range || (part === '*' && type.startsWith(`${whole}/`))
  return fits ? type : null
}

/** The type itself, or for a range the one that says least. */
export const exampleType = (range: string): string => (range.includes('*') ? 'application/octet-stream' : range)
