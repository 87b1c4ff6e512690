import { escapeCharacter } from '@/lib/base/escape-character'

/**
 * What a terminal obeys, a viewer hides, or what makes a text read as another: control characters, marks of direction, and
 * spaces without a width.
 */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu

/** A text whose hidden characters can be seen: U+202E as `\u202e`, the form that JSON has for it. */
export const visible = (text: string): string => text.replace(HIDDEN, escapeCharacter)
