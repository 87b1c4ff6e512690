/** Browser-safe, and without the contract, for the bell is on every page. Beyond this many nobody counts on. */
export const MOST_UNREAD_COUNTED = 100
