/** What is sent and replied as it is, without JSON around it: files. */

/** In the place of a media type: any of them. */
export const ANY_TYPE = '*/*'

/** A body of bytes, kept on disk for as long as its call lasts. */
export class Upload {
  constructor(
    /** What the caller says it is. */
    readonly type: string,
    /** In bytes. */
    readonly size: number,
    /** SHA-256 of the bytes, in hex. */
    readonly sha256: string,
    /** At most `length` bytes from `position` on; none behind the end. */
    readonly read: (position: number, length: number) => Promise<Uint8Array<ArrayBuffer>>,
    /** Gives back what keeps it: nothing can be read afterwards. */
    readonly end: () => Promise<void>,
  ) {}
}

type Described = {
  /** Its media type. */
  type: string
  /** In bytes: as many as all pieces together. */
  size: number
  /** Under which it is saved. */
  name?: string
  etag?: string
}

/** A reply of bytes. Browsers save it and never show it. */
export class Download {
  constructor(
    readonly file: Described,
    /** Its bytes in their order, each piece read when the caller has taken the one before. */
    readonly pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  ) {}
}

/** A file that is made while it is sent, portion by portion. */
export class FileStream {
  constructor(
    readonly type: string,
    /** What the browser saves it as: letters, digits, dots and dashes. */
    readonly name: string,
    readonly portions: AsyncIterable<string>,
  ) {}
}

/** Two names of at most 127 characters (RFC 6838, 4.2). */
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/

/**
 * The media type that a Content-Type names, in lower case and without parameters (RFC 9110, 8.3.1).
 * @param taken the type that is taken, or any
 * @returns null where it names another, or none
 */
export function readMediaType(taken: string, header: string | null): string | null {
  const type = (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return MEDIA_TYPE.test(type) && (taken === ANY_TYPE || taken === type) ? type : null
}

/** The type itself; of any, the one that says least. */
export const exampleType = (type: string): string => (type === ANY_TYPE ? 'application/octet-stream' : type)
