/** The units of time, in milliseconds: what `Date` counts in. */
export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** The first and the last instant that the API takes, in milliseconds since 1970: a year has four digits. */
export const FIRST_INSTANT = 1
export const LAST_INSTANT = Date.UTC(10_000, 0, 1) - 1
