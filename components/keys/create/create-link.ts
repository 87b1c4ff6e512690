import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'

export const PRESET_NAMES = ['none', 'read-only', 'read-write', 'resources', 'support-read'] as const
/** Boxes of the scope picker that are ticked together. */
export type Preset = (typeof PRESET_NAMES)[number]

/** `?create=1&preset=read-only&scopes=leads:create`: opens the form with boxes ticked; it is never sent by itself. */
export const createLinkParsers = {
  create: parseAsStringLiteral(['1'] as const),
  preset: parseAsStringLiteral(PRESET_NAMES),
  scopes: parseAsArrayOf(parseAsString).withDefault([]),
}
