/** A reply that Postgres wrote: it goes out as it came. */
export class RowReply {
  constructor(
    /** JSON; null for a reply without a body. */
    readonly json: string | null,
    /** Of the row that it shows, as an ETag says it. */
    readonly etag: string | null = null,
    /** The status of the first answer, where this is that answer again. */
    readonly replayed: number | null = null,
  ) {}
}

/** The entity tag of a version (RFC 9110). */
export const etagOf = (version: number): string => `"${version}"`
