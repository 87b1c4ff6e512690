/** Prisma's `contains` leaves LIKE's own signs active; a search means them literally. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
