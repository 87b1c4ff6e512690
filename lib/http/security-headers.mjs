/**
 * Headers that are the same for every page and every reply around the pages. A page's Content-Security-Policy has a nonce
 * and is set in `proxy.ts`. Plain JavaScript, for `next.config.mjs` reads it, too.
 */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** The policy of what is no page of ours: it loads nothing, runs nothing, sends nothing and stands in no frame. */
export const CLOSED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
