/** A reply that Postgres wrote: it goes out as it came. */
export class RowReply {
  constructor(
    /** JSON; null for a reply without a body. */
    readonly json: string | null,
    /** Of the row that it shows, as an ETag says it. */
    readonly etag: string | null = null,
    /** The status of the first answer, where this is that answer again. */
    readonly replayed: number | null = null,
    /** The row was there: nothing has been made. */
    readonly again = false,
  ) {}
}

/** The reply of an operation that makes rows, where the same one was made before: its `again`. */
export const again = ({ json, etag }: RowReply): RowReply => new RowReply(json, etag, null, true)

/** The entity tag of a version (RFC 9110). */
export const etagOf = (version: number): string => `"${version}"`
