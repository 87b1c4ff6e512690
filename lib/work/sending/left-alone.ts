/**
 * The answer of a mail whose reader is to get none any more: it has failed, yet nothing went wrong. Kept in rows, so never
 * changed.
 */
export const LEFT_ALONE = 'The contact has been excluded, has unsubscribed or was deleted since.'
